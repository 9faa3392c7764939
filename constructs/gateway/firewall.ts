import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration';
import { Construct } from 'constructs';
import { ProductSite, productName } from '../../model/naming';
import { EncryptionKey, logsService } from '../key/encryption-key';
import { logGroup } from '../logs/log-group';

export interface FirewallProps {
  readonly site: ProductSite;
  readonly loadBalancerArn: string;
  readonly logDays: number;
  readonly retired: boolean;
}

/** What is turned away before any server sees it: known attacks, and whoever asks too often. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { site, loadBalancerArn, logDays, retired }: FirewallProps) {
    super(scope, id);
    const name = productName(site, 'firewall');
    const visibility = (metricName: string) => ({
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName,
    });
    const acl = new Wafv2WebAcl(this, 'Resource', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: [
        ...MANAGED_RULES.map(({ rules, priority, counted }) => ({
          name: rules,
          priority,
          overrideAction: { none: {} },
          // The bindings leave statements untyped, so they are written as Terraform spells them.
          statement: {
            managed_rule_group_statement: {
              vendor_name: 'AWS',
              name: rules,
              ...(counted.length > 0 && {
                rule_action_override: counted.map((name) => ({ name, action_to_use: { count: {} } })),
              }),
            },
          },
          visibilityConfig: visibility(rules),
        })),
        {
          name: 'too-often',
          priority: RATE_PRIORITY,
          action: { block: {} },
          statement: {
            rate_based_statement: { limit: REQUESTS_PER_ADDRESS_IN_FIVE_MINUTES, aggregate_key_type: 'IP' },
          },
          visibilityConfig: visibility('too-often'),
        },
      ],
      visibilityConfig: visibility(name),
    });
    new Wafv2WebAclAssociation(this, 'association', { resourceArn: loadBalancerArn, webAclArn: acl.arn });

    const key = new EncryptionKey(this, 'key', {
      site,
      alias: name,
      description: `Firewall logs of ${site.product}`,
      kept: !retired,
      services: [logsService(site)],
    });
    // The service writes only to groups whose name begins like this.
    const logs = logGroup(this, 'logs', { name: `aws-waf-logs-${name}`, retentionInDays: logDays, keyArn: key.arn });
    new Wafv2WebAclLoggingConfiguration(this, 'logging', {
      resourceArn: acl.arn,
      logDestinationConfigs: [logs.arn],
      redactedFields: [{ singleHeader: { name: 'authorization' } }, { singleHeader: { name: 'cookie' } }],
    });
  }
}

/** AWS's own lists; anonymous addresses are let in, because visitors behind a VPN are visitors. */
const MANAGED_RULES = [
  { rules: 'AWSManagedRulesAmazonIpReputationList', priority: 10, counted: [] },
  { rules: 'AWSManagedRulesKnownBadInputsRuleSet', priority: 20, counted: [] },
  // It would turn away every body above 8 KB, which an upload or a long form is; how much it takes is the service's to say.
  { rules: 'AWSManagedRulesCommonRuleSet', priority: 30, counted: ['SizeRestrictions_BODY'] },
] as const;
const RATE_PRIORITY = 40;
const REQUESTS_PER_ADDRESS_IN_FIVE_MINUTES = 2000;
