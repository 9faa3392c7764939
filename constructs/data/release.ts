import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/**
 * Lets go of what was built below these places: takes it out of the stack again, and tells Terraform to forget its
 * addresses without destroying anything. Built first, because only then are the addresses known.
 */
export const release = (stack: TerraformStack, places: readonly Construct[]): void => {
  const resources = places.flatMap((place) =>
    place.node.findAll().filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node)),
  );
  const addresses = resources
    .map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`)
    .sort();
  for (const place of places) place.node.scope?.node.tryRemoveChild(place.node.id);
  if (addresses.length > 0)
    stack.addOverride(
      'removed',
      addresses.map((from) => ({ from, lifecycle: { destroy: false } })),
    );
};
