/** Time as an argument: nothing else reads it. */
export interface Clock {
  now(): Date;
}
