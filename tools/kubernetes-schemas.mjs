// One strict JSON schema for each kind of object, out of what Kubernetes publishes about itself: its OpenAPI document,
// and the definitions of custom resources. kubeconform reads them; nothing is fetched when it runs.
//   node tools/kubernetes-schemas.mjs FOLDER swagger.json [custom-resource-definition.json …]
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const [folder, swaggerFile, ...customFiles] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { definitions } = read(swaggerFile);

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const NUMBER_OR_TEXT = { type: ['integer', 'string'] };
// What OpenAPI calls a string, and the API server parses.
const PARSED = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': NUMBER_OR_TEXT,
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['number', 'string'],
    pattern: '^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$',
  },
};

/** As the API server takes it with strict field validation: no field that the schema does not name. */
const strict = (schema, used) => {
  if (Array.isArray(schema)) return schema.map((part) => strict(part, used));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema['x-kubernetes-int-or-string']) return NUMBER_OR_TEXT;
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/definitions/', '');
    if (!used.has(name)) {
      used.set(name, undefined); // Definitions may hold themselves.
      used.set(name, PARSED[name] ?? strict(definitions[name], used));
    }
    return { $ref: schema.$ref };
  }
  const { description, properties, ...others } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'];
  return {
    ...Object.fromEntries(
      Object.entries(others)
        .filter(([key]) => !key.startsWith('x-'))
        .map(([key, part]) => [key, strict(part, used)]),
    ),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, strict(part, used)])),
    }),
    ...(properties && !open && schema.additionalProperties === undefined && { additionalProperties: false }),
  };
};

const schemaOf = (schema, { group, version, kind }) => {
  const used = new Map();
  const { properties, required = [], ...rest } = strict(schema, used);
  return {
    ...rest,
    properties: {
      ...properties,
      apiVersion: { const: group ? `${group}/${version}` : version },
      kind: { const: kind },
      ...(properties.metadata && { metadata: strict({ $ref: `#/definitions/${META}` }, used) }),
    },
    required: [...new Set([...required, 'apiVersion', 'kind', 'metadata'])],
    definitions: Object.fromEntries(used),
  };
};

const builtIn = Object.values(definitions).flatMap((definition) =>
  (definition['x-kubernetes-group-version-kind'] ?? [])
    .filter(() => definition.properties?.metadata?.$ref === `#/definitions/${META}`)
    .map((name) => [name, schemaOf(definition, name)]),
);
const custom = customFiles.map(read).flatMap(({ spec: { group, names, versions } }) =>
  versions.map(({ name: version, schema }) => {
    const name = { group, version, kind: names.kind };
    return [name, schemaOf(schema.openAPIV3Schema, name)];
  }),
);

// A folder that is there is whole.
const making = `${folder}.making`;
rmSync(making, { recursive: true, force: true });
mkdirSync(making, { recursive: true });
for (const [{ group, version, kind }, schema] of [...builtIn, ...custom]) {
  // What kubeconform calls {{ .ResourceKind }}{{ .KindSuffix }}.
  const suffix = [...(group ? [group.split('.')[0]] : []), version].join('-');
  writeFileSync(`${making}/${kind.toLowerCase()}-${suffix}.json`, JSON.stringify(schema));
}
rmSync(folder, { recursive: true, force: true });
renameSync(making, folder);
