import {
  DataAwsIamPolicyDocument,
  DataAwsIamPolicyDocumentStatement,
} from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { Construct } from 'constructs';
import { Site } from '../../model/naming';

export interface Statement {
  readonly sid: string;
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: { readonly type: 'AWS' | 'Service' | '*'; readonly identifiers: readonly string[] };
  readonly conditions?: readonly Condition[];
}

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/**
 * A policy in the provider's own form: it reads nothing from AWS, keeps tokens intact, and is the only form of a policy
 * that scanners can look into.
 */
export const policyDocument = (scope: Construct, id: string, statements: readonly Statement[]): string =>
  new DataAwsIamPolicyDocument(scope, id, { statement: statements.map(rendered) }).json;

const rendered = ({
  sid,
  effect = 'Allow',
  actions,
  resources,
  principals,
  conditions = [],
}: Statement): DataAwsIamPolicyDocumentStatement => ({
  sid,
  effect,
  actions: [...actions],
  ...(resources && { resources: [...resources] }),
  ...(principals && { principals: [{ type: principals.type, identifiers: [...principals.identifiers] }] }),
  ...(conditions.length > 0 && {
    condition: conditions.map(({ test, variable, values }) => ({ test, variable, values: [...values] })),
  }),
});

/** Who may become a role: an AWS service, and nobody else. */
export const assumedBy = (
  scope: Construct,
  id: string,
  service: string,
  actions: readonly string[] = ['sts:AssumeRole'],
  conditions: readonly Condition[] = [],
): string =>
  policyDocument(scope, id, [
    { sid: 'AssumedByService', actions, principals: { type: 'Service', identifiers: [service] }, conditions },
  ]);

/** Only on behalf of this account; for services that say on whose behalf they come, which not all do. */
export const ofAccount = ({ account }: Site): Condition => ({
  test: 'StringEquals',
  variable: 'aws:SourceAccount',
  values: [account],
});

/** Nothing may be said to it in clear text. */
export const denyClearText = (resources: readonly string[], action: string): Statement => ({
  sid: 'DenyClearText',
  effect: 'Deny',
  actions: [action],
  resources,
  principals: { type: '*', identifiers: ['*'] },
  conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
});
