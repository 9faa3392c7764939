import { Fn } from 'cdktf';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Construct } from 'constructs';
import { ClusterRefs, clusterContract, platformContract } from '../model/contracts';
import { PLATFORM_STACKS, ProductSite, Site, clusterName, platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { HELM_CONSTRAINT, KUBERNETES_CONSTRAINT } from '../model/versions';
import { GroundplanStack } from './base';

/**
 * A stack of objects inside the cluster. It never shares a state with AWS resources: its providers need a cluster that
 * exists. Tokens are fetched by `exec` when they are needed; a token read at plan would be stale at apply.
 */
abstract class InClusterStack extends GroundplanStack {
  /** The cluster, as whoever makes this stack may know it. */
  protected readonly clusterRefs: ClusterRefs;

  constructor(scope: Construct, id: string, site: Site, options: { readonly charts: boolean }) {
    super(scope, id, site);
    this.clusterRefs = this.clusterKnownTo(site);
    const access = {
      host: this.clusterRefs['cluster-endpoint'],
      clusterCaCertificate: Fn.base64decode(this.clusterRefs['cluster-authority']),
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

  protected abstract clusterKnownTo(site: Site): ClusterRefs;
}

/** In-cluster objects of a product: it knows its platform through the contract alone. */
export abstract class ProductClusterStack extends InClusterStack {
  constructor(scope: Construct, id: string, site: ProductSite, options: { readonly charts: boolean }) {
    super(scope, id, site, options);
  }

  protected override clusterKnownTo(site: Site): ClusterRefs {
    return this.read(platformStack(site, 'contract'), platformContract);
  }
}

/** In-cluster objects of the platform itself, made before its contract is. */
export abstract class PlatformClusterStack extends InClusterStack {
  protected readonly platform: PlatformFacts;

  constructor(scope: Construct, layer: (typeof PLATFORM_STACKS)[number], platform: PlatformFacts) {
    super(scope, platformStack(platform, layer), platform, { charts: true });
    this.platform = platform;
  }

  protected override clusterKnownTo(site: Site): ClusterRefs {
    return this.read(platformStack(site, 'cluster'), clusterContract);
  }
}
