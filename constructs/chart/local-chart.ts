import { Release } from '@cdktf/provider-helm/lib/release';
import { AssetType, ITerraformDependable, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { fitted } from '../../model/naming';

export interface LocalChartProps {
  /** A folder of `charts/`. */
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly after?: readonly ITerraformDependable[];
}

/**
 * A custom resource, by way of a chart kept in this repository and carried with the stack: the provider's own way asks
 * for a live API when it plans.
 */
export class LocalChart extends Construct {
  readonly release: ITerraformDependable;

  constructor(scope: Construct, id: string, { chart, release, namespace, values, after = [] }: LocalChartProps) {
    super(scope, id);
    const asset = new TerraformAsset(this, 'chart', { path: join(CHARTS, chart), type: AssetType.DIRECTORY });
    this.release = new Release(this, 'Resource', {
      name: fitted(release, LONGEST_RELEASE),
      namespace,
      // Relative to the stack's own folder, wherever that is copied to.
      chart: `./${asset.path}`,
      values: [JSON.stringify(values)],
      ...(after.length > 0 && { dependsOn: [...after] }),
      // A first install that the API refuses would otherwise stay behind, outside the state.
      atomic: true,
      cleanupOnFail: true,
      lint: false,
    });
  }
}

/** Helm refuses more: it leaves ten characters to what charts add. */
const LONGEST_RELEASE = 53;

/** Programs are run from the repository's root, by the CDKTF CLI as by the tests. */
const CHARTS = join(process.cwd(), 'charts');
