// Refusals with a documented way out for which no change is named that is accepted, and why: their code and the number of the case.

export const MISSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  feishu: {
    '20004#0': 'the code that was sent is a secret, which is not kept; a new one comes from a log-in',
    '20037#0': 'the refresh token that was sent is a secret, which is not kept; a new one comes from a log-in',
    '20066#0': 'the refresh token that was sent is a secret, which is not kept; a new one comes from a log-in',
    '44030#0': 'another employee has to change first',
    '44031#0': 'another employee has to change first',
    '44032#0': 'another employee has to change first',
    '2221332#0': 'other employees have to leave the department first',
  },
  wecom: {
    '42052#0': 'it is too late, and no change of the call helps',
    '45009#0': 'what is named passes without the limit of the address',
    '84014#0': 'the ticket that was sent is a secret, which is not kept; a new one comes from a log-in',
  },
  hose: {
    'department-not-unique#1': 'more than 100 tries would be needed',
    'role-data-wrong#1': 'more than three changes are needed',
  },
};
