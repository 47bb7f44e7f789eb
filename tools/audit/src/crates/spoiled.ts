/** That a snapshot's commands left its folder so that it cannot be worked in. */
export class Spoiled extends Error {}
