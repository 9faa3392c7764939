import { coordinateName, hostAddress, statementId } from '../../model/naming';

/** Names that are made of names: two that differ must not become one. */
const meet = (names: readonly string[], make: (name: string) => string): readonly (readonly string[])[] => {
  const groups = new Map<string, string[]>();
  for (const name of names) groups.set(make(name), [...(groups.get(make(name)) ?? []), name]);
  return [...groups.values()].filter((group) => group.length > 1);
};

/** Every word of up to so many letters of an alphabet. */
const words = (alphabet: string, longest: number): readonly string[] =>
  longest === 0
    ? ['']
    : ['', ...words(alphabet, longest - 1).flatMap((word) => [...alphabet].map((a) => `${a}${word}`))];

describe('hosts as addresses', () => {
  // As the field of a host allows them: labels neither begin nor end with a dash.
  const hosts = [...new Set(words('a1-.', 7))].filter((word) => /^[a1]([a1-]*[a1])?(\.[a1]([a1-]*[a1])?)*$/.test(word));

  it('never meet', () => {
    expect(hosts.length).toBeGreaterThan(1000);
    expect(meet(hosts, hostAddress)).toEqual([]);
    expect(meet(hosts, (host) => host.replaceAll('.', '-'))).not.toEqual([]); // else the line above proves nothing
  });

  it('can be part of an address, and are read as hosts', () => {
    expect(hosts.filter((host) => !/^[a-z0-9-]+$/.test(hostAddress(host)))).toEqual([]);
    expect(hostAddress('order-api.example.com')).toBe('order--api-example-com');
  });
});

describe('ids of statements', () => {
  it.each([
    ['email/publish/queue1/sqs', 'email/publish/queue-1/sqs'],
    ['a-b/read/c', 'a/b-read/c'],
    ['a/publish/b-c', 'a/publish-b/c'],
  ])('keep %s and %s apart', (one, other) => {
    expect(statementId(one)).not.toBe(statementId(other));
  });

  it('are letters and digits that say where they come from', () => {
    expect(statementId('order-api/write/orders')).toMatch(/^OrderApiWriteOrders[0-9a-f]{8}$/);
    expect(statementId('order-api/write/orders')).toBe(statementId('order-api/write/orders'));
  });
});

describe('coordinates', () => {
  it('are read by the name that a declaration uses', () => {
    expect(coordinateName('order-events', 'URL')).toBe('ORDER_EVENTS_URL');
  });

  it('fail to be two words, because another name could end in the first', () => {
    expect(() => coordinateName('order', 'EVENTS_URL')).toThrow("a coordinate is one word, unlike 'EVENTS_URL'");
  });
});
