// Packages that everybody knows, and whose names others imitate.

const lines = (...text: readonly string[]): readonly string[] => text.flatMap((line) => line.split(" "));

/** By ecosystem. */
export const POPULAR: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "npm",
    lines(
      "lodash react react-dom express axios chalk commander debug request moment async underscore bluebird webpack eslint prettier",
      "typescript jquery vue angular next nuxt svelte rollup vite esbuild babel-core babel-loader mocha jest vitest chai sinon",
      "cypress playwright puppeteer cheerio jsdom socket.io mongoose mongodb mysql mysql2 redis ioredis sequelize knex prisma",
      "dotenv cross-env rimraf glob mkdirp minimist yargs inquirer ora semver uuid nanoid validator joi zod ajv body-parser",
      "cookie-parser cors helmet morgan multer passport jsonwebtoken bcrypt bcryptjs crypto-js node-fetch superagent got ws",
      "styled-components tailwindcss postcss autoprefixer sass nodemon electron discord.js ethers web3 openai event-stream",
      "colors left-pad fs-extra graceful-fs through2 readable-stream rxjs redux immer date-fns dayjs classnames prop-types",
    ),
  ],
  [
    "pypi",
    lines(
      "requests urllib3 numpy pandas scipy matplotlib scikit-learn tensorflow torch keras pillow flask django fastapi uvicorn",
      "gunicorn jinja2 click sqlalchemy alembic psycopg2 psycopg2-binary pymysql redis celery boto3 botocore awscli setuptools",
      "wheel pip virtualenv pytest tox black flake8 mypy pylint isort pydantic aiohttp httpx beautifulsoup4 lxml selenium",
      "scrapy paramiko fabric ansible cryptography pyopenssl pyjwt bcrypt python-dateutil pytz tzdata six attrs certifi idna",
      "charset-normalizer packaging pyyaml toml tqdm rich colorama openai anthropic langchain transformers huggingface-hub",
      "datasets tokenizers opencv-python nltk spacy networkx sympy jupyter notebook ipython streamlit gradio plotly seaborn",
    ),
  ],
  [
    "cargo",
    lines(
      "serde serde_json tokio rand regex clap reqwest hyper anyhow thiserror log syn quote libc chrono futures itertools",
    ),
  ],
  [
    "gem",
    lines(
      "rails rack rake bundler nokogiri devise puma sidekiq rspec activesupport activerecord sinatra jekyll json",
    ),
  ],
]);
