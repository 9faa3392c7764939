import { COLLECTOR_ACCOUNTS } from '../../model/controllers';
import { ON_EVERY_NODE } from '../../model/placement';
import { COLLECTOR } from '../../model/platform-namespaces';
import { PlatformFacts } from '../../model/resolved';
import { ChartRow } from '../chart/platform-chart';
import { NODE_CRITICAL, RESTRICTED_CONTAINER, RESTRICTED_POD, image, resources } from '../chart/pods';
import { SCRAPES, environment } from './scrapes';

const { account, namespace } = COLLECTOR_ACCOUNTS.signals;

/**
 * One collector on every node, for the metrics and traces of that node's own pods: what it reads never leaves the node,
 * so no security group opens for it, no zone is crossed, and it grows with the cluster. Metrics go to the workspace,
 * traces to X-Ray.
 */
export const collector = (platform: PlatformFacts, workspaceId: string): ChartRow => ({
  chart: 'opentelemetry-collector',
  release: account,
  namespace,
  values: {
    mode: 'daemonset',
    nameOverride: account,
    fullnameOverride: account,
    image: image(platform, 'opentelemetry-collector-contrib'),
    command: { name: 'otelcol-contrib' },
    serviceAccount: { create: true, name: account },
    clusterRole: {
      create: true,
      rules: [
        { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: ['get', 'list', 'watch'] },
        // Memory and CPU of containers, as the kubelet counts them.
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      ],
    },
    tolerations: ON_EVERY_NODE,
    priorityClassName: NODE_CRITICAL,
    podSecurityContext: { ...RESTRICTED_POD, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001 },
    securityContext: RESTRICTED_CONTAINER,
    resources: resources(20, 96, 384),
    extraEnvs: [
      { name: 'AWS_REGION', value: platform.region },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'NODE_ADDRESS', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
    ],
    // Reached as a Service that leads to the pod of the caller's own node.
    service: { enabled: true },
    ports: {
      otlp: { enabled: true, containerPort: COLLECTOR.grpcPort, servicePort: COLLECTOR.grpcPort, hostPort: 0 },
      'otlp-http': { enabled: true, containerPort: COLLECTOR.httpPort, servicePort: COLLECTOR.httpPort, hostPort: 0 },
      statsd: {
        enabled: true,
        containerPort: COLLECTOR.statsdPort,
        servicePort: COLLECTOR.statsdPort,
        protocol: 'UDP',
      },
      'jaeger-compact': { enabled: false },
      'jaeger-thrift': { enabled: false },
      'jaeger-grpc': { enabled: false },
      zipkin: { enabled: false },
    },
    config: {
      receivers: {
        // Helm lays maps over each other: what the chart brings and we do not want is taken away by `null`.
        jaeger: null,
        zipkin: null,
        // Servers that give their numbers to nobody without a token send them instead.
        statsd: {
          endpoint: `${environment('MY_POD_IP')}:${COLLECTOR.statsdPort}`,
          aggregation_interval: '30s',
          timer_histogram_mapping: ['timing', 'histogram'].map((type) => ({
            statsd_type: type,
            observer_type: 'summary',
          })),
        },
        prometheus: { config: { global: { scrape_interval: '30s' }, scrape_configs: SCRAPES } },
      },
      processors: {
        memory_limiter: { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
        batch: { timeout: '5s', send_batch_size: 2000 },
        'resource/traces': { attributes: [{ key: 'platform', value: platform.platform, action: 'upsert' }] },
      },
      extensions: { sigv4auth: { region: platform.region, service: 'aps' } },
      exporters: {
        debug: null,
        prometheusremotewrite: {
          endpoint: `https://aps-workspaces.${platform.region}.amazonaws.com/workspaces/${workspaceId}/api/v1/remote_write`,
          auth: { authenticator: 'sigv4auth' },
          external_labels: { platform: platform.platform },
          resource_to_telemetry_conversion: { enabled: false },
        },
        awsxray: { region: platform.region, index_all_attributes: false },
      },
      service: {
        extensions: ['health_check', 'sigv4auth'],
        pipelines: {
          logs: null,
          metrics: {
            receivers: ['prometheus', 'statsd'],
            processors: ['memory_limiter', 'batch'],
            exporters: ['prometheusremotewrite'],
          },
          traces: {
            receivers: ['otlp'],
            processors: ['memory_limiter', 'resource/traces', 'batch'],
            exporters: ['awsxray'],
          },
        },
      },
    },
  },
});
