import { Refusal } from './refusal';

export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type Step = (typeof STEPS)[number];

/** What Secrets Manager says to a rotation function. https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
export interface RotationEvent {
  readonly step: Step;
  readonly secretId: string;
  /** Names the version that this rotation makes. */
  readonly token: string;
}

export type AccessEvent = { readonly reconcile: true } | RotationEvent;

const isStep = (step: unknown): step is Step => STEPS.some((known) => known === step);
const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';

export const readEvent = (event: unknown): AccessEvent => {
  const said: Readonly<Record<string, unknown>> = typeof event === 'object' && event !== null ? { ...event } : {};
  if (said.reconcile === true) return { reconcile: true };
  if (!isStep(said.Step)) throw new Refusal(`Step must be one of ${STEPS.join(', ')}`);
  if (!isText(said.SecretId)) throw new Refusal('SecretId must name a secret');
  if (!isText(said.ClientRequestToken)) throw new Refusal('ClientRequestToken must name a version');
  return { step: said.Step, secretId: said.SecretId, token: said.ClientRequestToken };
};
