import { STEPS, Step } from '../../functions/access/event';
import { describeWithStore } from '../support/access';

describeWithStore('a rotation that is interrupted', (store) => {
  const SERVICE = 'order-api';
  const token = (): string => store().secrets.begin(store().secretName(SERVICE));
  /** Goes through the steps from one on, as Secrets Manager does again with the same token; returns the one that failed. */
  const stepsFrom = async (first: Step, version: string): Promise<Step | undefined> => {
    for (const step of STEPS.slice(STEPS.indexOf(first)))
      try {
        await store().step(SERVICE, step, version);
      } catch {
        return step;
      }
    return undefined;
  };
  /** Fails the nth request to Secrets Manager, before or after it took effect. */
  const failAt = (nth: number): void => {
    let seen = 0;
    store().secrets.before = () => {
      seen += 1;
      if (seen === nth) throw new Error('the network is down');
    };
  };
  const works = async (): Promise<string> => {
    const [row] = await store().as<{ who: string }>(store().login(SERVICE), 'SELECT session_user::text AS who');
    return row?.who ?? 'nobody';
  };
  let requests = 0;

  beforeAll(async () => {
    const { declare, secrets, rotate } = store();
    declare(SERVICE, 'write');
    await rotate(SERVICE);
    secrets.before = () => void (requests += 1);
    await rotate(SERVICE);
    secrets.before = () => undefined;
  });

  it('goes on with the same token, wherever Secrets Manager failed', async () => {
    expect(requests).toBeGreaterThan(STEPS.length * 2);
    const ends: (Step | undefined)[] = [];
    for (let nth = 1; nth <= requests; nth += 1) {
      const { login, as, secrets } = store();
      const before = login(SERVICE);
      const version = token();
      failAt(nth);
      const failed = await stepsFrom('createSecret', version);
      ends.push(failed);
      secrets.before = () => undefined;
      expect(login(SERVICE)).toEqual(before);
      expect(await works()).toBe(before.username); // while it is broken, too
      expect(await stepsFrom(failed ?? 'createSecret', version)).toBeUndefined();
      expect(await works()).not.toBe(before.username);
      expect(await as(before, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    }
    expect(new Set(ends)).toEqual(new Set(STEPS)); // every step failed at least once, and none of them silently
  });

  it.each(STEPS)('and answered too late in %s may do that step again', async (late) => {
    const { login } = store();
    const before = login(SERVICE);
    const version = token();
    for (const step of STEPS) {
      await store().step(SERVICE, step, version);
      if (step === late) await store().step(SERVICE, step, version);
    }
    expect(await works()).not.toBe(before.username);
  });

  it('may begin anew with all its steps, and gives the same password', async () => {
    const { secrets, secretName } = store();
    const version = token();
    await store().step(SERVICE, 'createSecret', version);
    await store().step(SERVICE, 'setSecret', version);
    const pending = secrets.valueAt(secretName(SERVICE), 'AWSPENDING');
    expect(await stepsFrom('createSecret', version)).toBeUndefined();
    expect(secrets.valueAt(secretName(SERVICE), 'AWSCURRENT')).toBe(pending);
    expect(await stepsFrom('createSecret', version)).toBeUndefined(); // it is current by now
  });

  it('may be abandoned, and another begun', async () => {
    const { secrets, secretName, rotate, login } = store();
    const before = login(SERVICE);
    const version = token();
    await store().step(SERVICE, 'createSecret', version);
    await store().step(SERVICE, 'setSecret', version);
    await secrets.updateSecretVersionStage({
      SecretId: secretName(SERVICE),
      VersionStage: 'AWSPENDING',
      RemoveFromVersionId: version,
    });
    await expect(store().step(SERVICE, 'testSecret', version)).rejects.toThrow('no rotation with this token was begun');
    expect((await rotate(SERVICE)).username).not.toBe(before.username);
  });

  it('fails in the test when the login was never made, and leaves the current one current', async () => {
    const before = store().login(SERVICE);
    const version = token();
    await store().step(SERVICE, 'createSecret', version);
    await expect(store().step(SERVICE, 'testSecret', version)).rejects.toThrow('password authentication failed');
    expect(store().login(SERVICE)).toEqual(before);
    expect(await stepsFrom('setSecret', version)).toBeUndefined();
  });

  it('waits for the master secret when RDS has changed the password already', async () => {
    const { server, rotateMaster, rotate } = store();
    const before = store().login(SERVICE).username;
    await server.admin('ALTER ROLE groundplan PASSWORD NULL');
    const late = new Promise((done, failed) => setTimeout(() => rotateMaster('the next one').then(done, failed), 300));
    expect((await rotate(SERVICE)).username).not.toBe(before);
    await late;
  });
});
