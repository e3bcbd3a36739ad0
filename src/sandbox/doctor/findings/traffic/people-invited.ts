import type { Finding, SeenCall } from '../../finding.ts';

const WINDOW = 600_000;
const MANY = 10;

/** Finds updates by which many people are invited: on the real platform each gets a message. */
export const peopleInvited: Finding = {
  id: 'people-invited',
  severity: 'warning',
  message: { en: 'Invites many people by updates of their mobiles or mails', zh: '更新手机号或邮箱，使多人收到邀请' },
  remedy: {
    en: 'On the real platform people get messages: change contact data of people who have not joined on purpose only',
    zh: '真实环境会发短信或邮件，未加入成员的联系方式请勿批量修改',
  },
  look: (calls) => {
    const inviting = calls.filter(isInviting);
    for (const [index, first] of inviting.entries()) {
      const within = inviting.slice(index).filter(({ at }) => at - first.at < WINDOW);
      if (within.length >= MANY) return [{ calls: within, about: first.operation ?? '' }];
    }
    return [];
  },
};

function isInviting({ fields }: SeenCall): boolean {
  return fields.some(({ field, verdict }) => field.startsWith('invitation.') && verdict === 'applied');
}
