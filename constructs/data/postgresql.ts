import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { PORT, databaseName, storageLimit } from '../../model/data/postgresql';
import { storeName } from '../../model/naming';
import { logGroup } from '../logs/log-group';
import { assumedBy, ofAccount } from '../policy/policy';
import { AccessFunction } from './access-function';
import { backupTag } from './backups';
import { DatumBuilder } from './builder';
import { pin } from './pin';

/**
 * A PostgreSQL database on Amazon RDS. Its group is made empty: consumers open it from their side. Nobody knows the
 * master password; RDS keeps and rotates it.
 */
export const postgresql: DatumBuilder<'postgresql'> = (
  scope,
  { identity, physicalName: name, settings },
  surroundings,
) => {
  const { site, platform, vpcId, subnetIds, keyArn } = surroundings;
  const group = new SecurityGroup(scope, 'group', {
    name: storeName(site, identity),
    description: `Consumers of ${identity}`,
    vpcId,
    tags: { Name: storeName(site, identity) },
  });
  const subnets = new DbSubnetGroup(scope, 'subnets', {
    name,
    description: `Where ${identity} lives`,
    subnetIds: [...subnetIds],
  });
  const parameters = new DbParameterGroup(scope, 'parameters', {
    namePrefix: `${name}-`,
    family: `postgres${settings.version}`,
    description: `Settings of ${identity}`,
    parameter: PARAMETERS.map((parameter) => ({ ...parameter })),
    // Another major version is another family. The new group must be there before the old one goes; and the database
    // wears the old one until its maintenance window, so that AWS would refuse to delete it: it is left behind, free of charge.
    lifecycle: { createBeforeDestroy: true },
    skipDestroy: true,
  });
  const logs = LOGS.map((log) =>
    logGroup(scope, `logs-${log}`, {
      name: `/aws/rds/instance/${name}/${log}`,
      retentionInDays: platform.logDays,
      keyArn,
    }),
  );
  const monitoring = new IamRole(scope, 'monitoring', {
    name: storeName(site, identity, 'monitoring'),
    assumeRolePolicy: assumedBy(
      scope,
      'monitoring-trust',
      'monitoring.rds.amazonaws.com',
      ['sts:AssumeRole'],
      [ofAccount(site)],
    ),
  });
  const mayMonitor = new IamRolePolicyAttachment(scope, 'monitoring-rights', {
    role: monitoring.name,
    policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole',
  });

  const instance = pin(
    new DbInstance(scope, 'Resource', {
      identifier: name,
      engine: 'postgres',
      engineVersion: settings.version,
      instanceClass: settings.instance,
      dbName: databaseName(identity),
      username: 'groundplan',
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keyArn,
      iamDatabaseAuthenticationEnabled: true,

      storageType: 'gp3',
      allocatedStorage: settings.storage.gib,
      maxAllocatedStorage: storageLimit(settings),
      storageEncrypted: true,
      kmsKeyId: keyArn,

      multiAz: settings.availability === 'high',
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [group.id],
      publiclyAccessible: false,
      caCertIdentifier: 'rds-ca-rsa2048-g1',
      parameterGroupName: parameters.name,

      backupRetentionPeriod: settings.backups,
      backupWindow: '02:00-03:00',
      maintenanceWindow: 'sun:03:30-sun:04:30',
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${name}-final`,
      deletionProtection: settings.deletionProtection,

      autoMinorVersionUpgrade: true,
      // Which version may follow which is decided by the model, with the ledger beside it: here nothing is left to guard.
      allowMajorVersionUpgrade: true,
      applyImmediately: false,
      blueGreenUpdate: { enabled: false },

      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keyArn,
      performanceInsightsRetentionPeriod: 7,
      monitoringInterval: 60,
      monitoringRoleArn: monitoring.arn,
      enabledCloudwatchLogsExports: [...LOGS],

      tags: { Name: name, backup: backupTag(site) },
      // Growth by itself needs no exception here: the provider ignores it where a limit is set.
      lifecycle: { preventDestroy: true },
      dependsOn: [...logs, mayMonitor],
    }),
    identity,
  );
  new AccessFunction(scope, 'access', {
    identity,
    database: {
      host: instance.address,
      port: PORT,
      name: databaseName(identity),
      groupId: group.id,
      masterSecretArn: instance.masterUserSecret.get(0).secretArn,
    },
    ...surroundings,
  });
  return {
    host: instance.address,
    'security-group-id': group.id,
    'master-secret-arn': instance.masterUserSecret.get(0).secretArn,
  };
};

const LOGS = ['postgresql', 'upgrade'] as const;

/** Static parameters wait for a reboot, and say so: otherwise every plan would show them again. */
const PARAMETERS = [
  { name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' },
  { name: 'log_connections', value: '1', applyMethod: 'immediate' },
  { name: 'log_disconnections', value: '1', applyMethod: 'immediate' },
  { name: 'log_statement', value: 'ddl', applyMethod: 'immediate' },
  { name: 'log_min_duration_statement', value: '1000', applyMethod: 'immediate' },
  { name: 'shared_preload_libraries', value: 'pg_stat_statements', applyMethod: 'pending-reboot' },
] as const;
