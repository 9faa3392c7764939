import { Construct } from 'constructs';
import { Backups } from '../constructs/data/backups';
import { buildDatum } from '../constructs/data/build';
import { Surroundings } from '../constructs/data/builder';
import { release } from '../constructs/data/release';
import { EncryptionKey, logsService } from '../constructs/key/encryption-key';
import { DATA_KEY_REF, dataContract, datumRef, platformContract } from '../model/contracts';
import { ProductSite, platformStack, productName, productStack } from '../model/naming';
import { PlatformFacts, StoredDatum } from '../model/resolved';
import { AwsStack } from './base';

export interface DataStackProps {
  readonly site: ProductSite;
  readonly platform: PlatformFacts;
  /** A function of `data:` alone: nothing here knows a service. */
  readonly data: readonly StoredDatum[];
  /** Of a retired product everything is let go, key and backups too: they must outlive it. */
  readonly retired: boolean;
}

/** Whatever a product must not lose. Its addresses and names follow the first key that each datum was given. */
export class DataStack extends AwsStack {
  constructor(scope: Construct, { site, platform, data, retired }: DataStackProps) {
    super(scope, productStack(site, 'data'), site);
    const refs = this.read(platformStack(site, 'contract'), platformContract);
    const key = new EncryptionKey(this, 'key', {
      site,
      alias: productName(site, 'data'),
      description: `Everything that ${site.product} stores`,
      kept: true,
      services: [logsService(site)],
    });
    const backups = new Backups(this, 'backups', { site, keyArn: key.arn });

    const surroundings: Surroundings = {
      site,
      platform,
      vpcId: refs['vpc-id'],
      subnetIds: refs['isolated-subnet-ids'],
      functionSubnetIds: platform.endpoints ? refs['isolated-subnet-ids'] : refs['private-subnet-ids'],
      endpointsGroupId: refs['endpoint-security-group-id'],
      keyArn: key.arn,
    };
    const stores = new Construct(this, 'stores');
    const built = data.map((datum) => {
      const place = new Construct(stores, datum.identity);
      return { datum, place, values: Object.entries(buildDatum(place, datum, surroundings)) };
    });
    const kept = built.filter(({ datum }) => !datum.released);
    const released = built.filter(({ datum }) => datum.released).map(({ place }) => place);
    release(this, retired ? [key, backups, ...released] : released);
    if (retired) return;

    this.publish(dataContract(kept.map(({ datum }) => datum)), {
      [DATA_KEY_REF]: key.arn,
      ...Object.fromEntries(
        kept.flatMap(({ datum, values }) =>
          values.map(([name, value]) => [datumRef(datum.identity, name), value] as const),
        ),
      ),
    });
  }
}
