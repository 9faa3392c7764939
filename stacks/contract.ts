import { Construct } from 'constructs';
import { clusterContract, networkContract, observabilityContract, platformContract } from '../model/contracts';
import { platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { GroundplanStack } from './base';

/** All that products may know of their platform, in one small state without a secret. It owns nothing. */
export class ContractStack extends GroundplanStack {
  constructor(scope: Construct, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, platformStack(platform, 'contract'), platform);
    this.publish(platformContract, {
      ...this.read(platformStack(platform, 'network'), networkContract),
      ...this.read(platformStack(platform, 'cluster'), clusterContract),
      ...this.read(platformStack(platform, 'observability'), observabilityContract),
    });
  }
}
