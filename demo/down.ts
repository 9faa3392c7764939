import { existsSync, rmSync } from 'node:fs';
import { UserError } from '../cli/user-error';
import { leaveCluster } from './cluster';
import { stopEmulator } from './emulator';
import { DEMO, placeIn } from './place';
import { isRunning, wait } from './processes';
import { readRecord } from './record';

/**
 * `npm run demo:down`. What lives in the emulator ends with it; destroying it first would take minutes and free
 * nothing. Only what was made elsewhere, in a cluster of the user's, is destroyed by Terraform.
 */
export const down = async (): Promise<number> => {
  const place = placeIn(DEMO);
  const record = readRecord(place);
  if (!existsSync(place.folder)) {
    console.log('no demo is there');
    return 0;
  }
  if (record?.maker !== undefined && isRunning(record.maker, 'demo')) {
    process.kill(record.maker, 'SIGTERM');
    for (const end = Date.now() + 20_000; Date.now() < end && isRunning(record.maker, 'demo');) await wait(100);
    if (isRunning(record.maker, 'demo'))
      throw new UserError(`process ${record.maker} is still making the demo and does not end; end it first`);
  }
  if (record?.cluster) await leaveCluster(place, record.cluster);
  if (record?.emulator) await stopEmulator(record.emulator);
  rmSync(place.folder, { recursive: true, force: true });
  console.log(
    `${record?.emulator ? 'the emulator has ended, and with it all that was in it; ' : ''}${DEMO} is removed. What was installed for it stays in .tools.`,
  );
  return 0;
};
