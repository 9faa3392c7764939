import { Construct } from 'constructs';
import { ProductSite, logGroupName, namespaceName, productName } from '../../model/naming';
import { EncryptionKey, logsService } from '../key/encryption-key';
import { logGroup } from '../logs/log-group';

export interface TierLogsProps {
  readonly site: ProductSite;
  readonly tiers: readonly string[];
  readonly logDays: number;
  readonly retired: boolean;
}

/**
 * Where pods of each tier write. Made before any of them runs, by what knows tiers by name only: a service more or less
 * changes nothing here.
 */
export class TierLogs extends Construct {
  constructor(scope: Construct, id: string, { site, tiers, logDays, retired }: TierLogsProps) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', {
      site,
      alias: productName(site, 'logs'),
      description: `Logs of the pods of ${site.product}`,
      kept: !retired,
      services: [logsService(site)],
    });
    for (const tier of tiers)
      logGroup(this, `tier-${tier}`, {
        name: logGroupName(site, namespaceName(site, tier)),
        retentionInDays: logDays,
        keyArn: key.arn,
      });
  }
}
