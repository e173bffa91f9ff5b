const NAMES = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

/** Whether an adapter is a processor in disguise, for which kernels are laid out differently. Some browsers tell nothing of it. */
export function isSoftware(info: GPUAdapterInfo | undefined): boolean {
  if (!info) {
    return false;
  }
  const { isFallbackAdapter, vendor, architecture, device, description } = info;
  return isFallbackAdapter === true || NAMES.test([vendor, architecture, device, description].join(' '));
}
