import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Construct } from 'constructs';

/** A log group made before anyone writes to it: AWS would make one that never expires and has no key. */
export const logGroup = (
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly retentionInDays: number; readonly keyArn: string },
): CloudwatchLogGroup =>
  new CloudwatchLogGroup(scope, id, {
    name: props.name,
    retentionInDays: props.retentionInDays,
    kmsKeyId: props.keyArn,
  });
