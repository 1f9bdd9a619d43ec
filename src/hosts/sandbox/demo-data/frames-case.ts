/** What is written back and forth on a case after its first message, in both languages. */
import type { Topic } from './frame.ts';
import type { DemoLanguage } from './profile.ts';

type Frames = readonly string[];

export interface CaseFrames {
  /** Ours: somebody looks into it. */
  readonly received: Frames;
  /** Ours: what settles the matter. */
  readonly settled: Readonly<Record<Topic, Frames>>;
  /** The customer's: it is not settled. */
  readonly again: Readonly<Record<'problem' | 'question', Frames>>;
  readonly thanks: Frames;
  readonly subject: string;
}

export const CASE_FRAMES: Readonly<Record<DemoLanguage, CaseFrames>> = {
  en: {
    subject: 'Re: ',
    received: [
      'Thank you for writing. I have passed this to our {team} team and will come back to you by {weekday}.',
      'I am looking into it. Could you send me the number on the back of the {product}?',
      'We can see it on our side as well; a colleague is on it.',
      'I have opened this with the workshop and will tell you as soon as they answer.',
    ],
    settled: {
      problemProduct: [
        'The {part} was faulty. A new one is on its way and arrives on {weekday}; keep the old one.',
        'Please hold the power button of the {product} for ten seconds; this clears the error and it starts normally.',
        'This is solved in version {version} of the {feature}. Please update and sign in once more.',
        'We replaced the {product} free of charge; the driver takes the old one with him on {weekday}.',
        'The cable had come loose during transport. Push it in until it clicks, and the {product} works again.',
        'Our technician set it up anew on {weekday} and tested it for an hour without an error.',
      ],
      problemBilling: [
        'You are right, order {order} was charged twice. {amount} went back to your account today.',
        'I cancelled the wrong invoice and sent a new one with the agreed price.',
        'The discount was missing. A credit note of {amount} is attached.',
      ],
      question: [
        'Yes, it does. You find it under Settings, Devices; the guide is attached.',
        'Delivery takes {days} days from the order; you get a message with the exact hour the day before.',
        'The warranty is three years, and five if you register the {product} on our site.',
        'You can add seats at any time in the console; they are charged by the day.',
      ],
      suggestion: [
        'Thank you for the idea. I have noted it for the {feature}; we decide on it in the next quarter.',
        'Others asked for this too. It comes with version {version}.',
      ],
      praise: ['Thank you for the kind words, I passed them on to the whole {team} team.'],
    },
    again: {
      problem: [
        'I tried what you wrote, but it still does not work.',
        'It was fine for a day, and now the same error is back.',
        'The new {part} came, and the {product} still stops.',
      ],
      question: [
        'And how does that work for our site in {city}?',
        'Does that also hold for the {product2}?',
      ],
    },
    thanks: ['Thanks!', 'Great, thank you very much.', 'Ok, got it, thanks.'],
  },
  zh: {
    subject: '回复：',
    received: [
      '您好，已转给{team}处理，最晚{weekday}给您答复。',
      '我正在核实，麻烦您把{product}背面的编号发给我。',
      '我们这边也看到了这个情况，同事正在处理。',
    ],
    settled: {
      problemProduct: [
        '{part}有故障，新的已经寄出，{weekday}送到，旧的不用退。',
        '请长按{product}的电源键十秒，错误清除后就能正常启动。',
        '{feature}{version}版已经修复，请更新后重新登录。',
        '已免费为您更换{product}，{weekday}送货时把旧的带走。',
        '运输途中接头松了，插紧到听见咔哒一声，{product}就恢复正常。',
        '工程师{weekday}上门重新调试，运行一小时没有再出错。',
      ],
      problemBilling: [
        '您说得对，订单{order}重复扣款，{amount}今天已退回原账户。',
        '错误的发票已作废，按约定价格重新开具，见附件。',
        '折扣漏算了，{amount}的红字发票见附件。',
      ],
      question: [
        '可以的，在“设置—设备”里就能找到，说明书见附件。',
        '下单后{days}天送到，前一天会通知具体时间。',
        '保修三年，在官网登记{product}后延长到五年。',
        '随时可以在控制台增加账号，费用按天计算。',
      ],
      suggestion: [
        '谢谢您的想法，已记入{feature}的需求，下个季度评审。',
        '不少客户也提过，{version}版会上线。',
      ],
      praise: ['谢谢您的肯定，已转告{team}全体同事。'],
    },
    again: {
      problem: [
        '按您说的试了，还是不行。',
        '好了一天，现在又出现同样的错误。',
        '新的{part}收到了，可是{product}还是会停。',
      ],
      question: ['那{city}的办公室怎么操作呢？', '{product2}也是这样吗？'],
    },
    thanks: ['谢谢！', '好的，收到，谢谢您。', '明白了，多谢。'],
  },
};
