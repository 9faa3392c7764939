import { TerraformResource } from 'cdktf';

/**
 * Ties a resource that holds data to an address that no rearrangement of the code can move. Right after `new`: an
 * attribute read earlier would already have fixed the other address.
 */
export const pin = <R extends TerraformResource>(resource: R, address: string): R => {
  resource.overrideLogicalId(address);
  return resource;
};
