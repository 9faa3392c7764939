import { roleNames } from '../../functions/access/names';
import { newPassword } from '../../functions/access/password';
import { scramVerifier } from '../../functions/access/scram';

describe('names of roles', () => {
  it.each([
    ['orders', 'orders__rights', 'orders_a', 'orders_b'],
    ['order-api', 'order_api__rights', 'order_api_a', 'order_api_b'],
    ['pg-reporter', '_pg_reporter__rights', '_pg_reporter_a', '_pg_reporter_b'], // pg_ is PostgreSQL's own
    ['a'.repeat(55), `${'a'.repeat(55)}__rights`, `${'a'.repeat(55)}_a`, `${'a'.repeat(55)}_b`],
  ])('%s: %s, %s and %s', (service, group, ...logins) => expect(roleNames(service)).toEqual({ group, logins }));

  it('stay within the 63 bytes that PostgreSQL keeps, and apart', () => {
    const long = 'a-service-of-many-words-'.repeat(3);
    const services = [
      ...['order', 'order-a', 'order-a-a', 'order-b', 'order-rights', 'a-order', 'pg-order', 'pg', 'pg-a'],
      ...['x', 'y', 'z', 'x-a', 'x-b'].map((end) => `${long}${end}`),
      ...['a', 'b'].map((end) => 'a'.repeat(55) + end),
    ];
    const names = services.flatMap((service) => [roleNames(service).group, ...roleNames(service).logins]);
    expect(new Set(names).size).toBe(services.length * 3);
    expect(names.filter((name) => Buffer.byteLength(name) > 63 || name.startsWith('pg_'))).toEqual([]);
  });
});

describe('passwords', () => {
  it('are verified as RFC 7677 has it', async () => {
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
    expect(await scramVerifier('pencil', salt, 4096)).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });

  it('are long, and fit into a URL as they are', () => {
    const passwords = Array.from({ length: 200 }, newPassword);
    expect(new Set(passwords).size).toBe(200);
    expect(
      passwords.filter((password) => !/^\w{40}$/.test(password) || encodeURIComponent(password) !== password),
    ).toEqual([]);
  });
});
