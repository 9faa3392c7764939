import {
  CronJobV1,
  CronJobV1SpecJobTemplateSpecTemplateSpecContainer,
  CronJobV1SpecJobTemplateSpecTemplateSpecContainerVolumeMount,
} from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { SNAPSHOT_ACCOUNT } from '../../model/controllers';
import { ImageName, platformImage } from '../../model/images';
import { snapshotBucketName } from '../../model/naming';
import { ON_SYSTEM_POOL } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../chart/pods';

/** How a registry is saved to the file `/snapshot/state`. */
export interface Snapshot {
  readonly image: ImageName;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets of the namespace, mounted at `/registry/<name>`. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface SnapshotJobProps {
  readonly platform: PlatformFacts;
  readonly snapshot: Snapshot;
  readonly after: readonly ITerraformDependable[];
}

/** Saves the registry every hour: one container asks it for all it holds, the next carries that away. */
export class SnapshotJob extends Construct {
  constructor(scope: Construct, id: string, { platform, snapshot, after }: SnapshotJobProps) {
    super(scope, id);
    const { namespace, account: name } = SNAPSHOT_ACCOUNT;
    const metadata = { name, namespace, labels: { 'app.kubernetes.io/name': name } };
    const account = new ServiceAccountV1(this, 'account', {
      metadata,
      automountServiceAccountToken: false,
      dependsOn: [...after],
    });
    const { nodeSelector, tolerations } = ON_SYSTEM_POOL;
    new CronJobV1(this, 'Resource', {
      metadata,
      spec: {
        schedule: '17 * * * *',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: {},
          spec: {
            backoffLimit: 3,
            activeDeadlineSeconds: 900,
            template: {
              metadata: { labels: metadata.labels },
              spec: {
                restartPolicy: 'Never',
                serviceAccountName: account.metadata.name,
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                nodeSelector: { ...nodeSelector },
                toleration: tolerations.map((toleration) => ({ ...toleration })),
                securityContext: {
                  ...RESTRICTED_POD,
                  runAsUser: `${USER}`,
                  runAsGroup: `${USER}`,
                  fsGroup: `${USER}`,
                },
                initContainer: [
                  container(
                    platform,
                    'save',
                    snapshot.image,
                    snapshot.command,
                    snapshot.environment,
                    Object.keys(snapshot.secrets).map((secret) => ({
                      name: secret,
                      mountPath: `/registry/${secret}`,
                      readOnly: true,
                    })),
                  ),
                ],
                container: [
                  container(
                    platform,
                    'send',
                    'aws-cli',
                    [
                      'sh',
                      '-c',
                      `aws s3 cp /snapshot/state s3://${snapshotBucketName(platform)}/$(date -u +%Y/%m/%d/%H%M%S)`,
                    ],
                    { AWS_REGION: platform.region, HOME: '/snapshot' },
                  ),
                ],
                volume: [
                  { name: 'snapshot', emptyDir: { sizeLimit: '10Gi' } },
                  ...Object.entries(snapshot.secrets).map(([secret, secretName]) => ({
                    name: secret,
                    secret: { secretName, defaultMode: '0440' },
                  })),
                ],
              },
            },
          },
        },
      },
    });
  }
}

const container = (
  platform: PlatformFacts,
  name: string,
  image: ImageName,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  mounts: readonly CronJobV1SpecJobTemplateSpecTemplateSpecContainerVolumeMount[] = [],
): CronJobV1SpecJobTemplateSpecTemplateSpecContainer => {
  const { repository, tag } = platformImage(platform, image);
  return {
    name,
    image: `${repository}:${tag}`,
    imagePullPolicy: 'IfNotPresent',
    command: [...command],
    env: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '256Mi' } },
    securityContext: { ...RESTRICTED_CONTAINER, privileged: false, capabilities: { drop: ['ALL'] } },
    volumeMount: [{ name: 'snapshot', mountPath: '/snapshot' }, ...mounts],
  };
};

const USER = 10_001;
