/** The three ways in which cards set their text. */
import { Flex, type FlexProps, Text, type TextProps } from '@hubspot/ui-extensions';

export const Column = (props: Omit<FlexProps, 'direction'>) => (
  <Flex direction="column" gap="xs" {...props} />
);

export const Row = (props: Omit<FlexProps, 'direction'>) => (
  <Flex direction="row" gap="xs" align="center" wrap="wrap" {...props} />
);

export const Small = (props: Omit<TextProps, 'variant'>) => <Text variant="microcopy" {...props} />;
