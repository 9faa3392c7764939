/**
 * What the collector of a node scrapes, as Prometheus says it. `$$` is a dollar to the collector's own configuration.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
/** A value of the collector's own environment; the second dollar keeps Terraform from reading it as its own. */
export const environment = (name: string): string => `$\${env:${name}}`;

const ON_THIS_NODE = [{ role: 'pod', selectors: [{ role: 'pod', field: `spec.nodeName=${environment('NODE')}` }] }];

const NAMES = [
  { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
  { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
  { source_labels: ['__meta_kubernetes_pod_label_app_kubernetes_io_name'], target_label: 'service' },
];

const RUNNING = { source_labels: ['__meta_kubernetes_pod_phase'], regex: 'Running', action: 'keep' };

const KUBELET = {
  scheme: 'https',
  authorization: { credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
  tls_config: { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
  static_configs: [{ targets: [`${environment('NODE_ADDRESS')}:10250`], labels: { node: environment('NODE') } }],
};

export const SCRAPES = [
  {
    // Services of products promise `/metrics` on the port that they answer on.
    job_name: 'services',
    kubernetes_sd_configs: ON_THIS_NODE,
    relabel_configs: [
      RUNNING,
      {
        source_labels: ['__meta_kubernetes_pod_label_app_kubernetes_io_managed_by'],
        regex: 'groundplan',
        action: 'keep',
      },
      { source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: 'http|metrics', action: 'keep' },
      ...NAMES,
      { source_labels: ['__meta_kubernetes_pod_label_app_kubernetes_io_part_of'], target_label: 'product' },
    ],
  },
  {
    // The platform's own pods say so.
    job_name: 'platform',
    kubernetes_sd_configs: ON_THIS_NODE,
    relabel_configs: [
      RUNNING,
      {
        source_labels: ['__meta_kubernetes_namespace'],
        regex: 'platform-(controllers|nodes|telemetry)',
        action: 'keep',
      },
      { source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'], regex: 'true', action: 'keep' },
      { source_labels: ['__meta_kubernetes_pod_container_init'], regex: 'true', action: 'drop' },
      {
        source_labels: ['__meta_kubernetes_pod_ip', '__meta_kubernetes_pod_annotation_prometheus_io_port'],
        regex: '(.+);(\\d+)',
        replacement: '$$1:$$2',
        target_label: '__address__',
      },
      ...NAMES,
      { source_labels: ['__meta_kubernetes_pod_node_name'], target_label: 'node' },
    ],
    // What state metrics say of a namespace and a pod is about that one, and not about themselves.
    honor_labels: true,
  },
  {
    job_name: 'containers',
    metrics_path: '/metrics/cadvisor',
    ...KUBELET,
    metric_relabel_configs: [
      {
        source_labels: ['__name__'],
        regex:
          'container_(cpu_usage_seconds_total|cpu_cfs_throttled_periods_total|cpu_cfs_periods_total|memory_working_set_bytes|oom_events_total)',
        action: 'keep',
      },
      { source_labels: ['container'], regex: '', action: 'drop' },
    ],
  },
  {
    job_name: 'volumes',
    ...KUBELET,
    metric_relabel_configs: [
      { source_labels: ['__name__'], regex: 'kubelet_volume_stats_(available|capacity)_bytes', action: 'keep' },
    ],
  },
];
