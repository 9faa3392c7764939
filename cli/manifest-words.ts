/**
 * Where the Terraform provider's spelling of Kubernetes is more than snake case for camel case. What is not in these
 * tables is carried over under its camel-cased name, so that the Kubernetes schema can refuse it: nothing is dropped.
 */
export interface KindRow {
  readonly apiVersion: string;
  readonly kind: string;
  /** Words that mean something else in this kind. */
  readonly words?: Readonly<Record<string, Word>>;
}

export interface Word {
  /** Default: the camel-cased word. */
  readonly name?: string;
  /** What a list of blocks is called, where Terraform names one block of it. */
  readonly many?: string;
  /**
   * `map`: keys are the author's own. `one`: Terraform lists it, Kubernetes has one. `number`: Terraform keeps it as
   * text, and Kubernetes wants a number wherever it is one; `octal` likewise.
   */
  readonly as?: 'map' | 'one' | 'number' | 'octal';
}

export const KINDS: Readonly<Record<string, KindRow>> = {
  kubernetes_cluster_role_binding_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' },
  kubernetes_cluster_role_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' },
  kubernetes_config_map_v1: { apiVersion: 'v1', kind: 'ConfigMap' },
  kubernetes_cron_job_v1: { apiVersion: 'batch/v1', kind: 'CronJob' },
  kubernetes_daemon_set_v1: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    words: { strategy: { name: 'updateStrategy' } },
  },
  kubernetes_deployment_v1: { apiVersion: 'apps/v1', kind: 'Deployment' },
  kubernetes_horizontal_pod_autoscaler_v2: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  kubernetes_job_v1: { apiVersion: 'batch/v1', kind: 'Job' },
  kubernetes_limit_range_v1: {
    apiVersion: 'v1',
    kind: 'LimitRange',
    words: { default: { as: 'map' }, default_request: { as: 'map' }, max: { as: 'map' }, min: { as: 'map' } },
  },
  kubernetes_namespace_v1: { apiVersion: 'v1', kind: 'Namespace' },
  kubernetes_network_policy_v1: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  kubernetes_pod_disruption_budget_v1: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  kubernetes_priority_class_v1: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  kubernetes_resource_quota_v1: { apiVersion: 'v1', kind: 'ResourceQuota' },
  kubernetes_role_binding_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  kubernetes_role_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  kubernetes_service_account_v1: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    words: { secret: { many: 'secrets' }, image_pull_secret: { many: 'imagePullSecrets' } },
  },
  kubernetes_service_v1: { apiVersion: 'v1', kind: 'Service', words: { selector: { as: 'map' } } },
  kubernetes_stateful_set_v1: { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  kubernetes_storage_class_v1: { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' },
};

/** What a resource says to Terraform and its provider, and not to Kubernetes. */
export const NOT_KUBERNETES: ReadonlySet<string> = new Set([
  ...['//', 'count', 'depends_on', 'for_each', 'id', 'lifecycle', 'provider', 'timeouts'],
  ...['wait_for_completion', 'wait_for_default_service_account', 'wait_for_load_balancer', 'wait_for_rollout'],
]);

const words = (names: string, word: Word): Readonly<Record<string, Word>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, word]));

export const WORDS: Readonly<Record<string, Word>> = {
  ...words(
    'annotations binary_data data hard labels limits match_labels node_selector overhead parameters requests volume_attributes',
    { as: 'map' },
  ),
  ...words(
    'config_map grpc label_selector namespace_selector persistent_volume_claim_retention_policy post_start pre_stop projected rolling_update scale_down scale_up secret selector tcp_socket update_strategy',
    { as: 'one' },
  ),
  ...words(
    'fs_group max_surge max_unavailable min_available replicas run_as_group run_as_user target_port toleration_seconds ttl_seconds_after_finished',
    { as: 'number' },
  ),
  ...words('default_mode mode', { as: 'octal' }),
  container: { many: 'containers' },
  http_header: { many: 'httpHeaders' },
  init_container: { many: 'initContainers' },
  limit: { many: 'limits' },
  match_expression: { many: 'matchExpressions' },
  metric: { many: 'metrics' },
  node_selector_term: { many: 'nodeSelectorTerms' },
  on_pod_condition: { many: 'onPodConditions' },
  option: { many: 'options' },
  policy: { many: 'policies' },
  // A list of ports, or the number or name of one.
  port: { many: 'ports', as: 'number' },
  readiness_gate: { many: 'readinessGates' },
  rule: { many: 'rules' },
  subject: { many: 'subjects' },
  sysctl: { many: 'sysctls' },
  toleration: { many: 'tolerations' },
  topology_spread_constraint: { many: 'topologySpreadConstraints' },
  volume: { many: 'volumes' },
  volume_claim_template: { many: 'volumeClaimTemplates' },
  volume_device: { many: 'volumeDevices' },
  volume_mount: { many: 'volumeMounts' },

  client_ip: { name: 'clientIP' },
  cluster_ip: { name: 'clusterIP' },
  cluster_ips: { name: 'clusterIPs' },
  downward_api: { name: 'downwardAPI' },
  external_ips: { name: 'externalIPs' },
  host_ip: { name: 'hostIP' },
  host_ipc: { name: 'hostIPC' },
  host_pid: { name: 'hostPID' },
  load_balancer_ip: { name: 'loadBalancerIP' },
  non_resource_urls: { name: 'nonResourceURLs' },
  storage_provisioner: { name: 'provisioner' },
  timezone: { name: 'timeZone' },
};
