/** The key light is fixed to the view: from the left behind what is seen, so far to the side and so high, in radians. */
export const LIGHT_TURN = (-52 * Math.PI) / 180;
export const LIGHT_ELEVATION = (40 * Math.PI) / 180;
