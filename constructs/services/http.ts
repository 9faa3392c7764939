import { PublicDoor } from '../door/public-door';
import { HttpWorkload } from '../workload/http-workload';
import { ServiceBuilder } from './builder';

/** What kinds that answer HTTP are built from. */
export const httpService: ServiceBuilder<'web' | 'api'> = {
  inAws: (scope, { name, door }, { site, platform, gateway, doors }): Readonly<Record<string, string>> => {
    if (!door) return {};
    const { targetGroup } = new PublicDoor(scope, 'door', { site, service: name, doors, door, platform, gateway });
    return { 'target-group-arn': targetGroup.arn, 'target-group-suffix': targetGroup.arnSuffix };
  },
  inCluster: (scope, service, { site, environment, mounts, pool, ref }) => {
    const { door } = service;
    new HttpWorkload(scope, 'workload', {
      site,
      service,
      environment,
      mounts,
      pool,
      ...(door && { door: { targetGroupArn: ref('target-group-arn'), origin: door.origin } }),
    });
  },
};
