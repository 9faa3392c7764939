import { Construct } from 'constructs';
import { logGroupName, platformName } from '../../model/naming';
import { LOGGED_NAMESPACES } from '../../model/platform-namespaces';
import { PlatformFacts } from '../../model/resolved';
import { EncryptionKey, logsService } from '../key/encryption-key';
import { logGroup } from '../logs/log-group';

/** What the platform's own pods write. Products have groups of their own, with a key of their own. */
export class PlatformLogs extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', {
      site: platform,
      alias: platformName(platform, 'logs'),
      description: `Logs of the pods of ${platform.platform} itself`,
      kept: true,
      services: [logsService(platform)],
    });
    for (const namespace of LOGGED_NAMESPACES)
      logGroup(this, namespace, {
        name: logGroupName(platform, namespace),
        retentionInDays: platform.logDays,
        keyArn: key.arn,
      });
  }
}
