import { Construct } from 'constructs';
import { LIMITS, ProductSite, fitted, namespaceName } from '../../model/naming';
import { LocalChart } from '../chart/local-chart';

/** Which secret a service's pods mount for a login, and by whose right: their own. */
export class SecretClass extends Construct {
  readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly site: ProductSite;
      readonly tier: string;
      readonly service: string;
      readonly store: string;
      readonly secret: string;
      readonly origin: string;
    },
  ) {
    super(scope, id);
    // Keys have single dashes only, so that no two pairs can make one name. Pods call their volume by it.
    this.name = fitted(`${props.service}--${props.store}`, LIMITS.kubernetes);
    new LocalChart(this, 'Resource', {
      chart: 'secret-class',
      release: `${this.name}-login`,
      namespace: namespaceName(props.site, props.tier),
      values: { name: this.name, secret: props.secret, origin: props.origin },
    });
  }
}
