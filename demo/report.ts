import { DemoApp } from './app';
import { Emulator, endpointOf } from './emulator';
import { factsOf } from './facts';
import { GAPS, Gap, told } from './gaps';
import { DEMO, Place } from './place';
import { Made } from './rollout';
import { SecondPlan } from './second-plan';

/** What is not as on AWS, each gap with its cause: what a second plan shows, and what was not even tried. */
export const tellGaps = (app: DemoApp, made: readonly Made[], { explained, unneeded }: SecondPlan): void => {
  const types = new Set(app.stacks.flatMap(({ json }) => Object.keys(json.resource ?? {})));
  const untried = GAPS.filter(({ is, type }) => UNTRIED.includes(is) && types.has(type));
  console.log('\nA second plan has nothing to do, but for what the emulator does not give back:');
  for (const [gap, addresses] of explained) tellGap(gap, `at ${addresses.join(', ')}`);
  console.log('Left out, because the emulator cannot take it:');
  for (const gap of untried) tellGap(gap);
  console.log(`  in all: ${made.flatMap(({ staged }) => staged.leftOut).join(', ') || 'no resource'}`);
  if (unneeded.length > 0)
    console.log(`Rows of demo/gaps.ts that are no longer needed:\n${unneeded.map((row) => `  ${row}`).join('\n')}`);
};

const UNTRIED: readonly Gap['is'][] = ['not served', 'not taken', 'not assigned'];

const tellGap = (gap: Gap, ...more: readonly string[]): void => {
  const { what, why } = told(gap);
  console.log([`  ${what}`, ...[why, ...more].map((line) => `    ${line}`)].join('\n'));
};

interface End {
  readonly app: DemoApp;
  readonly place: Place;
  readonly made: readonly Made[];
  readonly emulator: Emulator;
  readonly began: number;
}

/** What is there now and where to look, as the emulator itself says. */
export const tellEnd = async ({ app, made, emulator, began }: End): Promise<void> => {
  const checkedOnly = made.filter((one) => one.checkedOnly).map(({ stack }) => stack);
  const resources = made.reduce((sum, { staged, checkedOnly: only }) => sum + (only ? 0 : resourcesOf(staged.json)), 0);
  console.log(
    `\n${made.length - checkedOnly.length} stacks with ${resources} resources are made, in ${Math.round((Date.now() - began) / 1000)} s.`,
  );
  for (const { what, value } of await factsOf(emulator.port, app.region, app.account))
    console.log(`  ${what.padEnd(14)} ${value}`);
  if (checkedOnly.length > 0)
    console.log(
      `In-cluster stacks were synthesized and checked, not applied (give a cluster with -- --context NAME): ${checkedOnly.join(', ')}.`,
    );
  console.log(
    [
      'Where to look:',
      `  AWS API        AWS_ENDPOINT_URL=${endpointOf(emulator.port)} AWS_ACCESS_KEY_ID=${app.account} AWS_SECRET_ACCESS_KEY=demo AWS_REGION=${app.region} aws …`,
      `  states         terraform -chdir=${DEMO}/stacks/${made.at(-1)?.stack ?? 'STACK'} state list`,
      `  stacks         ${DEMO}/app/stacks: what 'cdktf synth' makes; ${DEMO}/stacks: the same, turned to the emulator`,
      `  emulator       process ${emulator.pid}, on loopback only, log in ${DEMO}/emulator.log`,
      "It runs until 'npm run demo:down'.",
    ].join('\n'),
  );
};

const resourcesOf = (json: Made['staged']['json']): number =>
  Object.values(json.resource ?? {}).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
