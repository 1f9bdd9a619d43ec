// Generated from manifest.json by `npm run manifest`; do not edit.
type Pair = readonly [en: string, zh: string];
interface Labels {
  readonly label: Pair;
  readonly options: Readonly<Record<string, Pair>>;
}

export const PROPERTY_LABELS: Readonly<Record<string, Labels>> = {
  "rapport_status": {
    "label": [
      "Rapport status",
      "评分状态"
    ],
    "options": {
      "ready": [
        "Ready",
        "已评分"
      ],
      "learning": [
        "Learning",
        "数据积累中"
      ],
      "no_data": [
        "No data",
        "无数据"
      ],
      "consent_blocked": [
        "Consent blocked",
        "授权受限"
      ],
      "excluded": [
        "Excluded",
        "已排除"
      ],
      "holdout": [
        "Holdout",
        "对照组"
      ],
      "unsupported_language": [
        "Unsupported language",
        "语言不支持"
      ],
      "error": [
        "Error",
        "出错"
      ]
    }
  },
  "rapport_best_channel": {
    "label": [
      "Best channel",
      "最佳渠道"
    ],
    "options": {
      "phone": [
        "Phone",
        "电话"
      ],
      "email": [
        "E-mail",
        "邮件"
      ],
      "meeting": [
        "Meeting",
        "会面"
      ],
      "chat": [
        "Chat",
        "在线聊天"
      ],
      "sms": [
        "SMS",
        "短信"
      ],
      "whatsapp": [
        "WhatsApp",
        "WhatsApp"
      ],
      "wechat": [
        "WeChat",
        "微信"
      ],
      "linkedin": [
        "LinkedIn",
        "LinkedIn"
      ],
      "none": [
        "None allowed",
        "无可用渠道"
      ]
    }
  },
  "rapport_reply_prob": {
    "label": [
      "Chance of reply",
      "回复概率"
    ],
    "options": {}
  },
  "rapport_reach_evidence": {
    "label": [
      "Evidence",
      "依据"
    ],
    "options": {
      "personal": [
        "Personal",
        "本人记录"
      ],
      "similar": [
        "People like them",
        "相似客户"
      ],
      "everyone": [
        "Everyone",
        "全部客户"
      ]
    }
  },
  "rapport_next_contact_at": {
    "label": [
      "Next contact at",
      "建议联系时间"
    ],
    "options": {}
  },
  "rapport_reach_why": {
    "label": [
      "Why",
      "理由"
    ],
    "options": {}
  },
  "rapport_best_day": {
    "label": [
      "Best day",
      "最佳日"
    ],
    "options": {
      "mon": [
        "Monday",
        "周一"
      ],
      "tue": [
        "Tuesday",
        "周二"
      ],
      "wed": [
        "Wednesday",
        "周三"
      ],
      "thu": [
        "Thursday",
        "周四"
      ],
      "fri": [
        "Friday",
        "周五"
      ],
      "sat": [
        "Saturday",
        "周六"
      ],
      "sun": [
        "Sunday",
        "周日"
      ]
    }
  },
  "rapport_best_daypart": {
    "label": [
      "Best part of the day",
      "最佳时段"
    ],
    "options": {
      "early": [
        "Early (6–9)",
        "清晨（6–9 点）"
      ],
      "morning": [
        "Morning (9–11)",
        "上午（9–11 点）"
      ],
      "midday": [
        "Midday (11–14)",
        "中午（11–14 点）"
      ],
      "afternoon": [
        "Afternoon (14–17)",
        "下午（14–17 点）"
      ],
      "evening": [
        "Evening (17–20)",
        "傍晚（17–20 点）"
      ]
    }
  },
  "rapport_touches_7d": {
    "label": [
      "Touches in 7 days",
      "七日联系次数"
    ],
    "options": {}
  },
  "rapport_allowed_channels": {
    "label": [
      "Allowed channels",
      "可用渠道"
    ],
    "options": {
      "phone": [
        "Phone",
        "电话"
      ],
      "email": [
        "E-mail",
        "邮件"
      ],
      "meeting": [
        "Meeting",
        "会面"
      ],
      "chat": [
        "Chat",
        "在线聊天"
      ],
      "sms": [
        "SMS",
        "短信"
      ],
      "whatsapp": [
        "WhatsApp",
        "WhatsApp"
      ],
      "wechat": [
        "WeChat",
        "微信"
      ],
      "linkedin": [
        "LinkedIn",
        "LinkedIn"
      ]
    }
  },
  "rapport_sentiment_90d": {
    "label": [
      "Sentiment of 90 days",
      "近期情绪"
    ],
    "options": {
      "negative": [
        "Negative",
        "负面"
      ],
      "mixed": [
        "Mixed",
        "有好有坏"
      ],
      "neutral": [
        "Neutral",
        "中性"
      ],
      "positive": [
        "Positive",
        "正面"
      ]
    }
  },
  "rapport_open_feedback": {
    "label": [
      "Open feedback",
      "未结反馈"
    ],
    "options": {}
  },
  "rapport_segment": {
    "label": [
      "Segment",
      "分群"
    ],
    "options": {
      "seg_01": [
        "Segment 1",
        "分群 1"
      ],
      "seg_02": [
        "Segment 2",
        "分群 2"
      ],
      "seg_03": [
        "Segment 3",
        "分群 3"
      ],
      "seg_04": [
        "Segment 4",
        "分群 4"
      ],
      "seg_05": [
        "Segment 5",
        "分群 5"
      ],
      "seg_06": [
        "Segment 6",
        "分群 6"
      ],
      "seg_07": [
        "Segment 7",
        "分群 7"
      ],
      "seg_08": [
        "Segment 8",
        "分群 8"
      ],
      "seg_09": [
        "Segment 9",
        "分群 9"
      ],
      "seg_10": [
        "Segment 10",
        "分群 10"
      ],
      "seg_11": [
        "Segment 11",
        "分群 11"
      ],
      "seg_12": [
        "Segment 12",
        "分群 12"
      ],
      "seg_13": [
        "Segment 13",
        "分群 13"
      ],
      "seg_14": [
        "Segment 14",
        "分群 14"
      ],
      "seg_15": [
        "Segment 15",
        "分群 15"
      ],
      "seg_16": [
        "Segment 16",
        "分群 16"
      ],
      "seg_17": [
        "Segment 17",
        "分群 17"
      ],
      "seg_18": [
        "Segment 18",
        "分群 18"
      ],
      "seg_19": [
        "Segment 19",
        "分群 19"
      ],
      "seg_20": [
        "Segment 20",
        "分群 20"
      ],
      "outlier": [
        "Outlier",
        "离群"
      ]
    }
  },
  "rapport_value_band": {
    "label": [
      "Value band",
      "价值等级"
    ],
    "options": {
      "top": [
        "Top",
        "最高"
      ],
      "high": [
        "High",
        "高"
      ],
      "mid": [
        "Middle",
        "中等"
      ],
      "low": [
        "Low",
        "低"
      ]
    }
  },
  "rapport_value_12m": {
    "label": [
      "Value in 12 months",
      "未来 12 月价值"
    ],
    "options": {}
  },
  "rapport_value_12m_low": {
    "label": [
      "Value in 12 months, low",
      "未来 12 月价值下限"
    ],
    "options": {}
  },
  "rapport_value_12m_high": {
    "label": [
      "Value in 12 months, high",
      "未来 12 月价值上限"
    ],
    "options": {}
  },
  "rapport_churn_band": {
    "label": [
      "Churn risk",
      "流失风险"
    ],
    "options": {
      "high": [
        "High",
        "高"
      ],
      "rising": [
        "Rising",
        "上升"
      ],
      "normal": [
        "Normal",
        "正常"
      ]
    }
  },
  "rapport_churn_prob": {
    "label": [
      "Churn chance",
      "流失概率"
    ],
    "options": {}
  },
  "rapport_churn_why": {
    "label": [
      "Why this churn risk",
      "流失原因"
    ],
    "options": {}
  },
  "rapport_next_offer": {
    "label": [
      "Next offer",
      "推荐产品"
    ],
    "options": {
      "none": [
        "No offer now",
        "暂无推荐"
      ]
    }
  },
  "rapport_offer_lift": {
    "label": [
      "Offer lift",
      "提升度"
    ],
    "options": {}
  },
  "rapport_scored_at": {
    "label": [
      "Scored at",
      "评分时间"
    ],
    "options": {}
  },
  "rapport_model": {
    "label": [
      "Model",
      "模型版本"
    ],
    "options": {}
  },
  "rapport_holdout": {
    "label": [
      "Holdout",
      "对照组"
    ],
    "options": {
      "true": [
        "Yes",
        "是"
      ],
      "false": [
        "No",
        "否"
      ]
    }
  },
  "rapport_do_not_score": {
    "label": [
      "Do not score",
      "不参与评分"
    ],
    "options": {
      "true": [
        "Yes",
        "是"
      ],
      "false": [
        "No",
        "否"
      ]
    }
  },
  "rapport_health_band": {
    "label": [
      "Health",
      "健康度"
    ],
    "options": {
      "healthy": [
        "Healthy",
        "良好"
      ],
      "watch": [
        "Watch",
        "需关注"
      ],
      "at_risk": [
        "At risk",
        "有风险"
      ]
    }
  },
  "rapport_engaged_contacts_90d": {
    "label": [
      "Engaged contacts in 90 days",
      "近 90 天互动联系人数"
    ],
    "options": {}
  },
  "rapport_single_threaded": {
    "label": [
      "Single-threaded",
      "单线联系"
    ],
    "options": {
      "true": [
        "Yes",
        "是"
      ],
      "false": [
        "No",
        "否"
      ]
    }
  },
  "rapport_best_contact": {
    "label": [
      "Best contact",
      "最佳联系人"
    ],
    "options": {}
  },
  "rapport_top_issue": {
    "label": [
      "Top issue",
      "主要问题"
    ],
    "options": {
      "billing": [
        "Billing and payment",
        "账单与付款"
      ],
      "refund": [
        "Returns and refunds",
        "退换与退款"
      ],
      "delivery": [
        "Delivery",
        "配送"
      ],
      "quality": [
        "Product and quality",
        "产品与质量"
      ],
      "software": [
        "App and software",
        "软件与系统"
      ],
      "account": [
        "Account and sign-in",
        "账户与登录"
      ],
      "service": [
        "Service and staff",
        "服务与人员"
      ],
      "installation": [
        "Set-up and use",
        "安装与使用"
      ],
      "other": [
        "Other",
        "其他"
      ]
    }
  },
  "rapport_health_why": {
    "label": [
      "Why",
      "理由"
    ],
    "options": {}
  },
  "rapport_win_prob": {
    "label": [
      "Win chance",
      "成交概率"
    ],
    "options": {}
  },
  "rapport_win_band": {
    "label": [
      "Win band",
      "成交等级"
    ],
    "options": {
      "strong": [
        "Strong",
        "较强"
      ],
      "even": [
        "Even",
        "相当"
      ],
      "weak": [
        "Weak",
        "较弱"
      ]
    }
  },
  "rapport_win_why": {
    "label": [
      "Why",
      "理由"
    ],
    "options": {}
  },
  "rapport_stalled": {
    "label": [
      "Stalled",
      "停滞"
    ],
    "options": {
      "true": [
        "Yes",
        "是"
      ],
      "false": [
        "No",
        "否"
      ]
    }
  },
  "rapport_next_touch": {
    "label": [
      "Next touch",
      "下次联系渠道"
    ],
    "options": {
      "phone": [
        "Phone",
        "电话"
      ],
      "email": [
        "E-mail",
        "邮件"
      ],
      "meeting": [
        "Meeting",
        "会面"
      ],
      "chat": [
        "Chat",
        "在线聊天"
      ],
      "sms": [
        "SMS",
        "短信"
      ],
      "whatsapp": [
        "WhatsApp",
        "WhatsApp"
      ],
      "wechat": [
        "WeChat",
        "微信"
      ],
      "linkedin": [
        "LinkedIn",
        "LinkedIn"
      ],
      "none": [
        "None allowed",
        "无可用渠道"
      ]
    }
  },
  "rapport_expected_value": {
    "label": [
      "Expected value",
      "预期金额"
    ],
    "options": {}
  },
  "rapport_feedback_type": {
    "label": [
      "Feedback type",
      "反馈类型"
    ],
    "options": {
      "problem": [
        "Problem",
        "问题"
      ],
      "suggestion": [
        "Suggestion",
        "建议"
      ],
      "praise": [
        "Praise",
        "表扬"
      ],
      "question": [
        "Question",
        "咨询"
      ]
    }
  },
  "rapport_type_confidence": {
    "label": [
      "Type confidence",
      "类型置信度"
    ],
    "options": {}
  },
  "rapport_sentiment": {
    "label": [
      "Sentiment",
      "情绪"
    ],
    "options": {
      "very_negative": [
        "Very negative",
        "非常负面"
      ],
      "negative": [
        "Negative",
        "负面"
      ],
      "neutral": [
        "Neutral",
        "中性"
      ],
      "positive": [
        "Positive",
        "正面"
      ],
      "very_positive": [
        "Very positive",
        "非常正面"
      ]
    }
  },
  "rapport_urgency": {
    "label": [
      "Urgency",
      "紧急程度"
    ],
    "options": {
      "now": [
        "Now",
        "紧急"
      ],
      "today": [
        "Today",
        "今天"
      ],
      "this_week": [
        "This week",
        "本周内"
      ],
      "none": [
        "None",
        "不急"
      ]
    }
  },
  "rapport_topic": {
    "label": [
      "Topic",
      "主题"
    ],
    "options": {
      "billing": [
        "Billing and payment",
        "账单与付款"
      ],
      "refund": [
        "Returns and refunds",
        "退换与退款"
      ],
      "delivery": [
        "Delivery",
        "配送"
      ],
      "quality": [
        "Product and quality",
        "产品与质量"
      ],
      "software": [
        "App and software",
        "软件与系统"
      ],
      "account": [
        "Account and sign-in",
        "账户与登录"
      ],
      "service": [
        "Service and staff",
        "服务与人员"
      ],
      "installation": [
        "Set-up and use",
        "安装与使用"
      ],
      "other": [
        "Other",
        "其他"
      ]
    }
  },
  "rapport_entities": {
    "label": [
      "Names and numbers",
      "实体"
    ],
    "options": {}
  },
  "rapport_language": {
    "label": [
      "Language",
      "语言"
    ],
    "options": {
      "en": [
        "English",
        "英文"
      ],
      "zh_hans": [
        "Chinese (Simplified)",
        "简体中文"
      ],
      "zh_hant": [
        "Chinese (Traditional)",
        "繁体中文"
      ],
      "mixed": [
        "English and Chinese",
        "中英文混合"
      ],
      "other": [
        "Other",
        "其他"
      ]
    }
  },
  "rapport_priority": {
    "label": [
      "Priority",
      "优先级"
    ],
    "options": {}
  },
  "rapport_followup_state": {
    "label": [
      "Follow-up state",
      "跟进状态"
    ],
    "options": {
      "none": [
        "None",
        "无需答复"
      ],
      "open": [
        "Open",
        "待答复"
      ],
      "done": [
        "Done",
        "已答复"
      ],
      "overdue": [
        "Overdue",
        "已逾期"
      ]
    }
  },
  "rapport_followup_due": {
    "label": [
      "Follow-up due",
      "跟进期限"
    ],
    "options": {}
  },
  "rapport_summary": {
    "label": [
      "Summary",
      "摘要"
    ],
    "options": {}
  },
  "rapport_similar_case": {
    "label": [
      "Similar case",
      "相似案例"
    ],
    "options": {}
  },
  "rapport_why": {
    "label": [
      "Why",
      "理由"
    ],
    "options": {}
  },
  "rapport_human_type": {
    "label": [
      "Corrected type",
      "人工类型"
    ],
    "options": {
      "problem": [
        "Problem",
        "问题"
      ],
      "suggestion": [
        "Suggestion",
        "建议"
      ],
      "praise": [
        "Praise",
        "表扬"
      ],
      "question": [
        "Question",
        "咨询"
      ]
    }
  },
  "rapport_human_topic": {
    "label": [
      "Corrected topic",
      "人工主题"
    ],
    "options": {
      "billing": [
        "Billing and payment",
        "账单与付款"
      ],
      "refund": [
        "Returns and refunds",
        "退换与退款"
      ],
      "delivery": [
        "Delivery",
        "配送"
      ],
      "quality": [
        "Product and quality",
        "产品与质量"
      ],
      "software": [
        "App and software",
        "软件与系统"
      ],
      "account": [
        "Account and sign-in",
        "账户与登录"
      ],
      "service": [
        "Service and staff",
        "服务与人员"
      ],
      "installation": [
        "Set-up and use",
        "安装与使用"
      ],
      "other": [
        "Other",
        "其他"
      ]
    }
  }
};
