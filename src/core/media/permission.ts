import type { MediaKind } from './media-kind.js';

/** The question that the kit has for the page's permissions policy, where the browser has it. */
interface Policy {
  allowsFeature(feature: string): boolean;
}

const names = { audio: 'microphone', video: 'camera' } as const;

/** Asks what the person or the browser's settings say of a device; undefined where it is not said. */
export async function permissionOf(kind: MediaKind): Promise<PermissionState | undefined> {
  try {
    const { state } = await navigator.permissions.query({ name: names[kind] as PermissionName });
    return state;
  } catch {
    return undefined;
  }
}

/** Whether the page, or the page around its frame, keeps a device from it, whatever the person says. */
export async function isForbidden(kind: MediaKind): Promise<boolean> {
  const { permissionsPolicy, featurePolicy } = document as Document & Record<string, Policy>;
  const policy = permissionsPolicy ?? featurePolicy;
  if (policy) return !policy.allowsFeature(names[kind]);
  // Firefox does not show the policy, but in such a frame it says `denied` before anybody is asked.
  return isForeignFrame() && (await permissionOf(kind)) === 'denied';
}

/** Whether this page stands in a frame of another origin's page. */
function isForeignFrame(): boolean {
  try {
    return !top?.location.href;
  } catch {
    return true;
  }
}
