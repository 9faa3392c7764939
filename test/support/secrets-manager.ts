import { randomUUID } from 'node:crypto';
import type { SecretsApi } from '../../functions/access/secrets';

interface Secret {
  readonly name: string;
  readonly arn: string;
  tags: Readonly<Record<string, string>>;
  deletedAt?: Date;
  rotates: boolean;
  /** A version that a rotation has begun has a stage and no value. */
  readonly values: Map<string, string>;
  readonly stages: Map<string, string>;
}

const failure = (name: string, message: string): Error => Object.assign(new Error(message), { name });
const $metadata = {};

/** Secrets Manager in memory, as far as a rotation function can tell: stages, tokens, tags, filters, pages, its errors. */
export class FakeSecretsManager implements SecretsApi {
  readonly calls: string[] = [];
  /** Called before each operation; throws where a test wants one to fail. */
  before: (operation: string, id: string) => void = () => undefined;
  private readonly told = new Set<string>();
  private readonly secrets = new Map<string, Secret>();

  make(name: string, tags: Readonly<Record<string, string>> = {}): string {
    const arn = `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf`;
    this.secrets.set(name, { name, arn, tags, rotates: true, values: new Map(), stages: new Map() });
    return arn;
  }

  /** What RotateSecret does before it calls the function: a pending version without a value. */
  begin(name: string, token: string = randomUUID()): string {
    this.told.add(token);
    this.find(name).stages.set('AWSPENDING', token);
    return token;
  }

  /** Puts a value and makes it current, as people and RDS do. */
  set(name: string, value: string): void {
    const [secret, version] = [this.find(name), randomUUID()];
    secret.values.set(version, value);
    this.remember(value);
    this.move(secret, 'AWSCURRENT', version);
  }

  tag(name: string, tags: Readonly<Record<string, string>>): void {
    const secret = this.find(name);
    secret.tags = { ...secret.tags, ...tags };
  }

  planDeletion(name: string): void {
    this.find(name).deletedAt = new Date(0);
  }

  restore(name: string): void {
    delete this.find(name).deletedAt;
  }

  stopRotating(name: string): void {
    this.find(name).rotates = false;
  }

  destroy(name: string): void {
    this.secrets.delete(name);
  }

  /** The value at a stage, as a pod's mounted file would show it. */
  valueAt(name: string, stage: 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS'): string | undefined {
    const secret = this.find(name);
    return secret.values.get(secret.stages.get(stage) ?? '');
  }

  stagesOf(name: string): Readonly<Record<string, string>> {
    return Object.fromEntries(this.find(name).stages);
  }

  readonly describeSecret: SecretsApi['describeSecret'] = async ({ SecretId: id = '' }) => {
    const { name, arn, tags, deletedAt, rotates, stages } = this.called('describeSecret', id);
    const versions = [...new Set(stages.values())];
    return {
      $metadata,
      ARN: arn,
      Name: name,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      RotationEnabled: rotates,
      ...(deletedAt && { DeletedDate: deletedAt }),
      VersionIdsToStages: Object.fromEntries(
        versions.map((version) => [version, [...stages].filter(([, at]) => at === version).map(([stage]) => stage)]),
      ),
    };
  };

  readonly getSecretValue: SecretsApi['getSecretValue'] = async ({
    SecretId: id = '',
    VersionStage: stage = 'AWSCURRENT',
    VersionId: asked,
  }) => {
    const secret = this.called('getSecretValue', id);
    if (secret.deletedAt) throw failure('InvalidRequestException', 'the secret is marked for deletion');
    const version = secret.stages.get(stage);
    const value = secret.values.get(version ?? '');
    if (version === undefined || value === undefined || (asked !== undefined && asked !== version))
      throw failure('ResourceNotFoundException', `can't find the specified secret value for staging label: ${stage}`);
    return { $metadata, ARN: secret.arn, Name: secret.name, SecretString: value, VersionId: version };
  };

  readonly putSecretValue: SecretsApi['putSecretValue'] = async ({
    SecretId: id = '',
    ClientRequestToken: token = '',
    SecretString: value = '',
    VersionStages: stages = ['AWSCURRENT'],
  }) => {
    const secret = this.called('putSecretValue', id);
    if (secret.values.has(token) && secret.values.get(token) !== value)
      throw failure('ResourceExistsException', `ClientRequestToken ${token} is already in use`);
    secret.values.set(token, value);
    this.remember(value);
    for (const stage of stages) this.move(secret, stage, token);
    return { $metadata };
  };

  readonly updateSecretVersionStage: SecretsApi['updateSecretVersionStage'] = async ({
    SecretId: id = '',
    VersionStage: stage = '',
    MoveToVersionId: to,
    RemoveFromVersionId: from,
  }) => {
    const secret = this.called('updateSecretVersionStage', id);
    // AWS refuses to move a stage away from a version that is not named.
    if (secret.stages.get(stage) !== from)
      throw failure('InvalidParameterException', `${stage} is not at that version`);
    if (to === undefined) secret.stages.delete(stage);
    else this.move(secret, stage, to);
    return { $metadata };
  };

  readonly listSecrets: SecretsApi['listSecrets'] = async ({ Filters: filters = [], NextToken: next = '0' }) => {
    this.before('listSecrets', '');
    this.calls.push('listSecrets');
    const begins = (texts: readonly string[], wanted: readonly string[] = []): boolean =>
      wanted.some((beginning) => texts.some((text) => text.startsWith(beginning)));
    const found = [...this.secrets.values()].filter(
      ({ name, tags, deletedAt }) =>
        !deletedAt &&
        filters.every(({ Key: key, Values: values }) =>
          begins(key === 'name' ? [name] : key === 'tag-key' ? Object.keys(tags) : Object.values(tags), values),
        ),
    );
    const start = Number(next);
    return {
      $metadata,
      SecretList: found.slice(start, start + PAGE).map(({ name, arn, tags }) => ({
        Name: name,
        ARN: arn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
      ...(start + PAGE < found.length && { NextToken: String(start + PAGE) }),
    };
  };

  /** Every token, value and password that there ever was: what no log may hold. */
  confidential(): readonly string[] {
    return [...this.told];
  }

  private remember(value: string): void {
    this.told.add(value);
    const password = /"password":"([^"]+)"/.exec(value)?.[1];
    if (password !== undefined) this.told.add(password);
  }

  private called(operation: string, id: string): Secret {
    this.before(operation, id);
    this.calls.push(operation);
    return this.find(id);
  }

  private find(id: string): Secret {
    const secret = [...this.secrets.values()].find(({ name, arn }) => name === id || arn === id);
    if (!secret) throw failure('ResourceNotFoundException', "can't find the specified secret");
    return secret;
  }

  private move(secret: Secret, stage: string, version: string): void {
    const before = secret.stages.get(stage);
    if (stage === 'AWSCURRENT' && before !== undefined && before !== version) secret.stages.set('AWSPREVIOUS', before);
    secret.stages.set(stage, version);
  }
}

/** Small, so that a handful of secrets takes several pages. */
const PAGE = 2;
