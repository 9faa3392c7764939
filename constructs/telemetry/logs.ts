import { COLLECTOR_ACCOUNTS } from '../../model/controllers';
import { logGroupName } from '../../model/naming';
import { ON_EVERY_NODE } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { NODE_CRITICAL, image, resources } from '../chart/pods';

const { account, namespace } = COLLECTOR_ACCOUNTS.logs;

/**
 * What pods write, from every node into the group of their namespace. Groups are made beforehand, with a key and an
 * end: it has no right to make one. Lines of JSON become fields; what is no JSON stays a line.
 */
export const logCollector = (platform: PlatformFacts): ChartRow => ({
  chart: 'fluent-bit',
  release: account,
  namespace,
  values: {
    fullnameOverride: account,
    image: image(platform, 'fluent-bit'),
    testFramework: { enabled: false },
    serviceAccount: { create: true, name: account },
    tolerations: ON_EVERY_NODE,
    priorityClassName: NODE_CRITICAL,
    // It reads what the container runtime writes as root, and nothing else of the node.
    securityContext: {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    env: [{ name: 'AWS_REGION', value: platform.region }],
    resources: resources(20, 56, 200),
    daemonSetVolumes: [
      { name: 'logs', hostPath: { path: '/var/log' } },
      // Where it left off, so that a restart loses no line and repeats none.
      { name: 'state', hostPath: { path: '/var/lib/groundplan-logs', type: 'DirectoryOrCreate' } },
    ],
    daemonSetVolumeMounts: [
      { name: 'logs', mountPath: '/var/log', readOnly: true },
      { name: 'state', mountPath: '/var/lib/groundplan-logs' },
    ],
    config: {
      service: section('SERVICE', [
        ['Daemon', 'Off'],
        ['Flush', '5'],
        ['Log_Level', 'warn'],
        ['Parsers_File', '/fluent-bit/etc/parsers.conf'],
        ['HTTP_Server', 'On'],
        ['HTTP_Listen', '0.0.0.0'],
        ['HTTP_Port', '2020'],
        ['Health_Check', 'On'],
        ['storage.path', '/var/lib/groundplan-logs/buffer'],
        ['storage.max_chunks_up', '16'],
        ['storage.backlog.mem_limit', '8M'],
      ]),
      inputs: section('INPUT', [
        ['Name', 'tail'],
        ['Path', '/var/log/containers/*.log'],
        ['Exclude_Path', `/var/log/containers/${account}-*_${namespace}_*.log`],
        ['multiline.parser', 'cri'],
        ['Tag', 'kube.*'],
        ['DB', '/var/lib/groundplan-logs/tail.db'],
        ['Mem_Buf_Limit', '16MB'],
        ['Skip_Long_Lines', 'On'],
        ['storage.type', 'filesystem'],
      ]),
      filters: section('FILTER', [
        ['Name', 'kubernetes'],
        ['Match', 'kube.*'],
        ['Merge_Log', 'On'],
        ['Keep_Log', 'Off'],
        ['Labels', 'Off'],
        ['Annotations', 'Off'],
        ['K8S-Logging.Parser', 'Off'],
        ['K8S-Logging.Exclude', 'Off'],
        ['Buffer_Size', '0'],
      ]),
      outputs: section('OUTPUT', [
        ['Name', 'cloudwatch_logs'],
        ['Match', 'kube.*'],
        ['region', platform.region],
        ['log_group_name', logGroupName(platform, 'kube-system')],
        ['log_group_template', logGroupName(platform, "$kubernetes['namespace_name']")],
        ['log_stream_prefix', 'unnamed-'],
        ['log_stream_template', "$kubernetes['pod_name'].$kubernetes['container_name']"],
        ['auto_create_group', 'Off'],
        ['retry_limit', '5'],
        ['storage.total_limit_size', '500M'],
      ]),
    },
  },
});

const section = (name: string, pairs: readonly (readonly [key: string, value: string])[]): string =>
  [`[${name}]`, ...pairs.map(([key, value]) => `    ${key} ${value}`), ''].join('\n');
