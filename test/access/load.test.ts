import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithStore } from '../support/access';

const ROTATIONS = 6;
const CLIENTS = 3;
/** How far the mounted file lags behind the secret. In a cluster these are minutes, and rotations are days apart. */
const LAG_MS = 100;

describeWithStore('clients under load', (store) => {
  it('notice nothing of rotations when they read the file again for each new connection', async () => {
    const { declare, rotate, login, connect, secrets, secretName } = store();
    declare('order-api', 'write');
    await rotate('order-api');
    const folder = mkdtempSync(join(tmpdir(), 'groundplan-mount-'));
    const file = join(folder, 'orders');
    const refresh = (): void => {
      writeFileSync(`${file}.new`, secrets.valueAt(secretName('order-api'), 'AWSCURRENT') ?? '');
      renameSync(`${file}.new`, file);
    };
    refresh();
    const refreshing = setInterval(refresh, LAG_MS);

    const failures: string[] = [];
    const users = new Set<string>();
    let [queries, running] = [0, true];
    /** New connections all the time, a few queries on each. */
    const impatient = async (): Promise<void> => {
      while (running)
        try {
          const client = await connect(JSON.parse(readFileSync(file, 'utf8')));
          for (let query = 0; query < 5; query += 1) {
            users.add((await client.query('SELECT session_user::text AS who')).rows[0].who);
            queries += 1;
          }
          await client.end();
        } catch (error) {
          failures.push(String(error));
        }
    };
    /** One connection for ever, as a pool keeps them. */
    const patient = async (): Promise<void> => {
      const client = await connect(login('order-api'));
      while (running) {
        await client.query('SELECT 1').catch((error) => failures.push(String(error)));
        queries += 1;
        await sleep(2);
      }
      await client.end();
    };
    const clients = [patient(), ...Array.from({ length: CLIENTS }, impatient)];
    const began = Date.now();
    for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
      await sleep(LAG_MS * 3);
      await rotate('order-api');
    }
    await sleep(LAG_MS * 3);
    running = false;
    await Promise.all(clients);
    clearInterval(refreshing);
    rmSync(folder, { recursive: true });

    expect(failures).toEqual([]);
    expect([...users].sort()).toEqual(['order_api_a', 'order_api_b']);
    expect(queries / ((Date.now() - began) / 1000)).toBeGreaterThan(50);
  });
});
