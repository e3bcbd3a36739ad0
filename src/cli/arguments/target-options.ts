import { Option, type Command } from 'commander';
import { storeOption } from './choices.ts';

/** Adds the options that say where companies are kept. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'data folder 数据目录 (./data)')
    .addOption(storeOption('sqlite:FILE or postgres://… 存储').conflicts('data'))
    .addOption(
      // What is done on a server leaves the folder as it is: naming both must not seem to mean the folder.
      new Option('--server <url>', 'ask a running server instead 使用运行中的服务').conflicts(['data', 'store']),
    )
    .option('--admin-key <key>', 'its admin key 管理密钥 (MINGCE_ADMIN_KEY)');
}
