import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user';
import { ElasticacheUserGroup } from '@cdktf/provider-aws/lib/elasticache-user-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import {
  RESERVED_PERCENT,
  cacheFamilies,
  cacheFamily,
  cacheNodeType,
  cacheNodes,
  isSteady,
} from '../../model/data/redis';
import { LIMITS, fitted, storeName } from '../../model/naming';
import { logGroup } from '../logs/log-group';
import { DatumBuilder } from './builder';
import { pin } from './pin';

/**
 * Valkey on Amazon ElastiCache. Nobody has a password: each consumer brings a user that its own identity becomes, and
 * whoever is nobody in particular may do nothing.
 */
export const redis: DatumBuilder<'redis'> = (
  scope,
  { identity, physicalName: name, settings },
  { site, platform, vpcId, subnetIds, keyArn },
) => {
  const group = new SecurityGroup(scope, 'group', {
    name: storeName(site, identity),
    description: `Consumers of ${identity}`,
    vpcId,
    tags: { Name: storeName(site, identity) },
  });
  const subnets = new ElasticacheSubnetGroup(scope, 'subnets', {
    name,
    description: `Where ${identity} lives`,
    subnetIds: [...subnetIds],
  });
  // The cache wears its old group until its maintenance window, and AWS deletes none that is worn: those of the families
  // that it may have come from stay.
  const parameters = new Map(
    cacheFamilies(settings.version).map((family) => [
      family,
      new ElasticacheParameterGroup(scope, `parameters-${family}`, {
        name: `${name}-${family}`,
        family,
        description: `Settings of ${identity}`,
        parameter: [
          { name: 'maxmemory-policy', value: settings.eviction },
          { name: 'reserved-memory-percent', value: `${RESERVED_PERCENT}` },
        ],
        lifecycle: { createBeforeDestroy: true },
      }),
    ]),
  );
  const logs = LOGS.map((log) => ({
    log,
    group: logGroup(scope, `logs-${log}`, {
      name: `/aws/elasticache/${name}/${log}`,
      retentionInDays: platform.logDays,
      keyArn,
    }),
  }));
  const nobody = new ElasticacheUser(scope, 'nobody', {
    userId: fitted(`${name}-nobody`, LIMITS.cacheUser),
    userName: 'default',
    engine: 'valkey',
    accessString: 'off ~* -@all',
    authenticationMode: { type: 'no-password-required' },
  });
  const users = new ElasticacheUserGroup(scope, 'users', {
    userGroupId: name,
    engine: 'valkey',
    userIds: [nobody.userId],
    // Each consumer adds its own from its side.
    lifecycle: { ignoreChanges: ['user_ids'] },
  });

  const high = settings.availability === 'high';
  const cache = pin(
    new ElasticacheReplicationGroup(scope, 'Resource', {
      replicationGroupId: name,
      description: `${identity} of ${site.product}`,
      engine: 'valkey',
      engineVersion: settings.version,
      nodeType: cacheNodeType(settings.memory, isSteady(platform.class)),
      numCacheClusters: cacheNodes(settings),
      automaticFailoverEnabled: high,
      multiAzEnabled: high,
      port: 6379,
      subnetGroupName: subnets.name,
      securityGroupIds: [group.id],
      parameterGroupName: parameters.get(cacheFamily(settings.version))?.name,
      userGroupIds: [users.userGroupId],

      atRestEncryptionEnabled: 'true',
      kmsKeyId: keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',

      snapshotRetentionLimit: settings.backups,
      snapshotWindow: '01:00-02:00',
      maintenanceWindow: 'sun:03:30-sun:04:30',
      finalSnapshotIdentifier: `${name}-final`,
      autoMinorVersionUpgrade: 'true',
      applyImmediately: false,

      logDeliveryConfiguration: logs.map(({ log, group: { name: destination } }) => ({
        destination,
        destinationType: 'cloudwatch-logs',
        logFormat: 'json',
        logType: log,
      })),
      tags: { Name: name },
      lifecycle: { preventDestroy: true },
    }),
    identity,
  );
  return {
    host: cache.primaryEndpointAddress,
    'reader-host': cache.readerEndpointAddress,
    'security-group-id': group.id,
  };
};

const LOGS = ['slow-log', 'engine-log'] as const;
