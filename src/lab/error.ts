/** What was asked for cannot be done, and why, for people: never a fault of ours. */
export class LabError extends Error {}
