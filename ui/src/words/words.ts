/** What happened, then what to do. */
export interface Words {
  happened: string;
  next: string;
}

export const said = (happened: string, next: string): Words => ({ happened, next });
