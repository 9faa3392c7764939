import { PrometheusRuleGroupNamespace } from '@cdktf/provider-aws/lib/prometheus-rule-group-namespace';
import { Construct } from 'constructs';
import { ProductSite, productName } from '../../model/naming';
import { PrometheusMeasure, Signal } from '../../model/signals';

export interface RuleGroupProps {
  readonly site: ProductSite;
  readonly workspaceId: string;
  readonly subject: string;
  readonly signals: readonly (Signal & { readonly measure: PrometheusMeasure })[];
}

/** Signals that a service measures itself: one group of rules in the platform's metrics workspace. */
export class RuleGroup extends Construct {
  constructor(scope: Construct, id: string, { site, workspaceId, subject, signals }: RuleGroupProps) {
    super(scope, id);
    const name = productName(site, subject);
    // JSON is YAML, and quotes whatever a query may hold.
    const data = JSON.stringify(
      { groups: [{ name, rules: signals.flatMap((signal) => rules(site, subject, signal)) }] },
      null,
      2,
    );
    new PrometheusRuleGroupNamespace(this, 'Resource', { name, workspaceId, data });
  }
}

const rules = (
  site: ProductSite,
  subject: string,
  { id, measure, bad, meaning, todo, severity, silence }: RuleGroupProps['signals'][number],
) => {
  const common = {
    for: `${bad.forMinutes}m`,
    labels: { severity, product: site.product, owner: site.owner, subject },
    annotations: { summary: meaning, description: `What to do: ${todo}.` },
  };
  const alert = {
    alert: `${subject}-${id}`,
    expr: `(${measure.query}) ${bad.when === 'above' ? '>' : '<'} ${bad.threshold}`,
    ...common,
  };
  return silence === 'fine'
    ? [alert]
    : [alert, { ...common, alert: `${subject}-${id}-silent`, expr: `absent(${measure.query})` }];
};
