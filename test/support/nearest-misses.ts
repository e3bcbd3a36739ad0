// Refusals with a documented way out for which no change is named that is accepted, and why: their code and the number of the case.

export const MISSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  feishu: {
    '20004#0': 'a secret of the call, its caller or its operation is not known',
    '20021#0': 'more than 80 tries would be needed',
    '20022#0': 'more than 80 tries would be needed',
    '20037#0': 'a secret of the call, its caller or its operation is not known',
    '20066#0': 'a secret of the call, its caller or its operation is not known',
    '2221332#0': 'more than 80 tries would be needed',
    '44030#0': 'more than 80 tries would be needed',
    '44031#0': 'more than 80 tries would be needed',
    '44032#0': 'more than 80 tries would be needed',
    '44056#0': 'more than 80 tries would be needed',
    '44059#0': 'more than 80 tries would be needed',
    '48001#0': 'more than 80 tries would be needed',
    '99991677#0': 'more than 80 tries would be needed',
  },
  wecom: {
    '301007#0': 'more than 80 tries would be needed',
    '42052#0': 'nothing that is known of the company helps',
    '45009#0': 'what is named passes without the limit of the address',
    '46004#0': 'nothing that is known of the company helps',
    '48009#0': 'a secret of the call, its caller or its operation is not known',
    '60103#0': 'nothing that is known of the company helps',
    '84014#0': 'a secret of the call, its caller or its operation is not known',
  },
  hose: {
    'credentials-wrong#0': 'more than 80 tries would be needed',
    'department-not-unique#0': 'more than 80 tries would be needed',
    'department-not-unique#1': 'more than 80 tries would be needed',
    'form-missing#0': 'nothing that is known of the company helps',
    'path-unknown#0': 'a secret of the call, its caller or its operation is not known',
    'role-data-wrong#1': 'more than 80 tries would be needed',
  },
};
