import { Fn } from 'cdktf';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Construct } from 'constructs';
import { platformStack, ProductSite, clusterName } from '../model/naming';
import { PlatformRefs, platformContract } from '../model/contracts';
import { HELM_CONSTRAINT, KUBERNETES_CONSTRAINT } from '../model/versions';
import { PlatformStack } from './base';

/**
 * A stack of objects inside the cluster. It never shares a state with AWS resources: its providers need a cluster that
 * exists. Tokens are fetched by `exec` when they are needed; a token read at plan would be stale at apply.
 */
export abstract class InClusterStack extends PlatformStack {
  protected readonly platformRefs: PlatformRefs;

  constructor(scope: Construct, id: string, site: ProductSite, options: { readonly charts: boolean }) {
    super(scope, id, site);
    this.platformRefs = this.read(platformStack(site, 'contract'), platformContract);
    const access = {
      host: this.platformRefs['cluster-endpoint'],
      clusterCaCertificate: Fn.base64decode(this.platformRefs['cluster-authority']),
    };
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'aws',
      args: ['eks', 'get-token', '--cluster-name', clusterName(site), '--region', site.region],
    };
    new KubernetesProvider(this, 'kubernetes', { ...access, exec: [exec] });
    this.addOverride('terraform.required_providers.kubernetes.version', KUBERNETES_CONSTRAINT);
    if (options.charts) {
      new HelmProvider(this, 'helm', { kubernetes: { ...access, exec } });
      this.addOverride('terraform.required_providers.helm.version', HELM_CONSTRAINT);
    }
  }
}
