import {
  DataTerraformRemoteStateS3,
  S3Backend,
  S3BackendConfig,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
} from 'cdktf';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct, Node } from 'constructs';
import { ProductSite, Site, platformStack, productStack, stateBucket, stateKey, tierStack } from '../model/naming';
import { Known, RefTable, RefValues, Travelling } from '../model/refs';
import { AWS_CONSTRAINT, TERRAFORM_CONSTRAINT } from '../model/versions';

/**
 * One state, one blast radius, one permission to deploy. Addresses are construct paths, so that people can read them
 * and a test can list them; what a stack promises to others is published whole, under explicit names.
 */
export abstract class GroundplanStack extends TerraformStack {
  protected readonly site: Site;
  private readonly states = new Map<string, DataTerraformRemoteStateS3>();

  constructor(scope: Construct, id: string, site: Site) {
    super(scope, id);
    this.site = site;
    this.addOverride('terraform.required_version', TERRAFORM_CONSTRAINT);
    // cdktn refuses what the oldest version that a project may meet does not know, and asks for that version here.
    this.node.setContext('targetVersions', { terraform: TERRAFORM_CONSTRAINT, opentofu: TERRAFORM_CONSTRAINT });
    new S3Backend(this, {
      bucket: stateBucket(site),
      key: stateKey(id),
      region: site.region,
      encrypt: true,
      // Untyped in cdktf 0.21, understood by Terraform since 1.10: the lock lies beside the state.
      useLockfile: true,
    } as S3BackendConfig);
  }

  /** Emits every ref of the contract, whether or not anyone reads it: a new reader must not change its producer. */
  protected publish<T extends RefTable>(contract: T, values: RefValues<T>): void {
    for (const [name, { doc }] of Object.entries(contract)) {
      new TerraformOutput(this, name, { value: values[name as keyof T], description: doc });
    }
  }

  /** Reads another stack's whole contract. */
  protected read<T extends RefTable>(producer: string, contract: T): RefValues<T> {
    const state = this.stateOf(producer);
    return Object.fromEntries(
      Object.entries(contract).map(([name, { standIn }]) => [
        name,
        typeof standIn === 'string' ? state.getString(name) : state.getList(name),
      ]),
    ) as RefValues<T>;
  }

  /** A value that is computed already, or the one output that it travels by. */
  protected known(site: ProductSite, value: Known): string {
    return typeof value === 'string' ? value : this.stateOf(producerStack(site, value.from)).getString(value.output);
  }

  /** The one place where remote state is made: one reader for each producer. */
  private stateOf(producer: string): DataTerraformRemoteStateS3 {
    const state =
      this.states.get(producer) ??
      new DataTerraformRemoteStateS3(this, `from-${producer}`, {
        bucket: stateBucket(this.site),
        key: stateKey(producer),
        region: this.site.region,
      });
    this.states.set(producer, state);
    return state;
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map((scope) => scope.node.id)
      .filter((part) => part !== 'Resource');
    const stray = path.find((part) => !/^[a-zA-Z0-9-]+$/.test(part));
    if (stray !== undefined)
      throw new Error(`${this.node.id}: '${stray}' cannot be part of an address: letters, digits and dashes only`);
    return path.join('_');
  }
}

const producerStack = (site: ProductSite, from: Travelling['from']): string => {
  if (from === 'platform') return platformStack(site, 'contract');
  return from === 'gateway' || from === 'data' ? productStack(site, from) : tierStack(site, from.replace(/-tier$/, ''));
};

/** A stack of AWS resources. */
export abstract class AwsStack extends GroundplanStack {
  constructor(scope: Construct, id: string, site: Site | ProductSite) {
    super(scope, id, site);
    new AwsProvider(this, 'aws', {
      region: site.region,
      allowedAccountIds: [site.account],
      defaultTags: [
        {
          tags: {
            'managed-by': 'groundplan',
            stack: id,
            platform: site.platform,
            ...('product' in site && { product: site.product, owner: site.owner }),
          },
        },
      ],
    });
    this.addOverride('terraform.required_providers.aws.version', AWS_CONSTRAINT);
  }
}
