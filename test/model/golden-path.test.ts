import { resolve } from '../../model';
import { goldenPath } from '../../model/golden-path';
import { shop } from '../../products/shop';
import { aPlatform, changed, imagesOf } from '../support/declarations';

describe('the golden path', () => {
  const platform = { ...aPlatform([]), products: undefined } as unknown as Record<string, unknown>;
  const resolved = (changes: Readonly<Record<string, unknown>>) =>
    resolve(changed(shop, changes), platform, { images: imagesOf(shop) });

  it('is a view of the rows', () => {
    expect(goldenPath()).toContainEqual({
      thing: 'postgresql',
      field: 'availability',
      production: 'high',
      because: expect.stringContaining('zone'),
    });
    expect(goldenPath().every(({ because }) => because.length > 10)).toBe(true);
  });

  it('fails below it, and lets one leave it for a reason and until a day', () => {
    expect(() => resolved({ 'data.orders.availability': 'single' })).toThrow(
      "data.orders.availability: 'single', is below the golden path of production",
    );
    const left = resolved({
      'data.orders.availability': 'single',
      'data.orders.exceptions': { availability: { because: 'can be rebuilt from events', until: '2027-03-31' } },
    });
    expect(left.data.find(({ name }) => name === 'orders')?.settings).toMatchObject({ availability: 'single' });
  });
});
