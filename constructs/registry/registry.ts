import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Construct } from 'constructs';
import { platformImages } from '../../model/images';
import { imageRepositoryName, platformName } from '../../model/naming';
import { PlatformFacts } from '../../model/resolved';
import { EncryptionKey } from '../key/encryption-key';

/**
 * Where nodes find what the platform itself runs: copies under its own key, scanned as they arrive, a tag never moved.
 * Images of products are built once for all platforms, so their registry is where they are built.
 */
export class Registry extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', {
      site: platform,
      alias: platformName(platform, 'registry'),
      description: `Images of ${platform.platform}`,
      kept: true,
    });
    for (const { name } of platformImages(platform)) {
      const place = new Construct(this, name);
      const repository = new EcrRepository(place, 'Resource', {
        name: imageRepositoryName(platform, name),
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: key.arn }],
        forceDelete: false,
      });
      new EcrLifecyclePolicy(place, 'lifecycle', {
        repository: repository.name,
        policy: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              description: 'what was replaced long ago is rolled back to no more',
              selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: KEPT_IMAGES },
              action: { type: 'expire' },
            },
          ],
        }),
      });
    }
  }
}

const KEPT_IMAGES = 10;
