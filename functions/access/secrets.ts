import type {
  DescribeSecretCommandInput,
  DescribeSecretCommandOutput,
  GetSecretValueCommandInput,
  GetSecretValueCommandOutput,
  ListSecretsCommandInput,
  ListSecretsCommandOutput,
  PutSecretValueCommandInput,
  PutSecretValueCommandOutput,
  Tag,
  UpdateSecretVersionStageCommandInput,
  UpdateSecretVersionStageCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { Settings } from './settings';

/** The part of Secrets Manager that this function speaks to. */
export interface SecretsApi {
  describeSecret(input: DescribeSecretCommandInput): Promise<DescribeSecretCommandOutput>;
  getSecretValue(input: GetSecretValueCommandInput): Promise<GetSecretValueCommandOutput>;
  putSecretValue(input: PutSecretValueCommandInput): Promise<PutSecretValueCommandOutput>;
  updateSecretVersionStage(input: UpdateSecretVersionStageCommandInput): Promise<UpdateSecretVersionStageCommandOutput>;
  listSecrets(input: ListSecretsCommandInput): Promise<ListSecretsCommandOutput>;
}

/** What a secret says of itself, without its value. */
export interface SecretFacts {
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly rotates: boolean;
  /** Planned for deletion: still there for days, and out of use. */
  readonly deleted: boolean;
  readonly stages: Readonly<Record<string, readonly string[]>>;
}

export type Stage = 'AWSCURRENT' | 'AWSPENDING';

/** Nothing where there is no such secret. Any other failure is thrown: not knowing is not the same as not being there. */
export const describe = async (api: SecretsApi, id: string): Promise<SecretFacts | undefined> => {
  const found = await orNothing(api.describeSecret({ SecretId: id }));
  return (
    found && {
      id: found.ARN ?? id,
      name: found.Name ?? '',
      tags: tagsOf(found.Tags),
      rotates: found.RotationEnabled === true,
      deleted: found.DeletedDate !== undefined,
      stages: found.VersionIdsToStages ?? {},
    }
  );
};

/** The value at a stage, and of one version if that is named; nothing where none was put yet. */
export const valueOf = async (
  api: SecretsApi,
  id: string,
  stage: Stage,
  version?: string,
): Promise<string | undefined> => {
  const input = { SecretId: id, VersionStage: stage, ...(version !== undefined && { VersionId: version }) };
  return (await orNothing(api.getSecretValue(input)))?.SecretString;
};

export const putPending = async (api: SecretsApi, id: string, version: string, value: object): Promise<void> => {
  await api.putSecretValue({
    SecretId: id,
    ClientRequestToken: version,
    SecretString: JSON.stringify(value),
    VersionStages: ['AWSPENDING'],
  });
};

export const makeCurrent = async (api: SecretsApi, { id, stages }: SecretFacts, version: string): Promise<void> => {
  const before = Object.keys(stages).find((other) => stages[other]?.includes('AWSCURRENT'));
  await api.updateSecretVersionStage({
    SecretId: id,
    VersionStage: 'AWSCURRENT',
    MoveToVersionId: version,
    ...(before !== undefined && { RemoveFromVersionId: before }), // the very first rotation takes it from nobody
  });
};

/** The names of all secrets in use of this store. The filters of AWS match beginnings, so each is looked at again. */
export const listNames = async (api: SecretsApi, { prefix, store }: Settings): Promise<readonly string[]> => {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const page = await api.listSecrets({
      Filters: [
        { Key: 'name', Values: [prefix] },
        { Key: 'tag-key', Values: [TAGS.store] },
        { Key: 'tag-value', Values: [store] },
      ],
      MaxResults: 100,
      ...(next !== undefined && { NextToken: next }),
    });
    for (const { Name: name = '', Tags: tags, DeletedDate: deleted } of page.SecretList ?? [])
      if (name.startsWith(prefix) && tagsOf(tags)[TAGS.store] === store && deleted === undefined) names.push(name);
    next = page.NextToken;
  } while (next !== undefined);
  return names;
};

/** How a secret says whose login it is, to which store, and what it may do there. */
export const TAGS = { service: 'groundplan:service', store: 'groundplan:store', verb: 'groundplan:verb' } as const;

const tagsOf = (tags: readonly Tag[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.flatMap(({ Key: key, Value: value }) => (key && value !== undefined ? [[key, value]] : [])));

const orNothing = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};
