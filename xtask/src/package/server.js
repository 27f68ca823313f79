// On a server there are no elements: importing does nothing and returns.
export const NtkPlayground = undefined;
export const NtkLedger = undefined;
